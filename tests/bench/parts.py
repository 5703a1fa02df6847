"""Where each part of a launch begins and ends in the tool's code and Django's."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pkgutil import resolve_name
from typing import Final
from unittest.mock import patch

from tests.bench.stopwatch import Stopwatch


class Part(StrEnum):
    SIGNATURE = "signature: token read, key found, RS256"
    VERIFIER = "our verifier, after the signature"
    LIBRARY = "PyLTI1p3"
    CONNECTION = "database: connection"
    SQL = "database: statements, in the driver"
    ORM = "database: Django's ORM and our services"
    SESSION = "session: Django's, its rows included"
    TEMPLATE = "template"
    REST = "handler, middleware, views; a page's own services"


BOUNDS: Final = {
    "lti_tool.lti.protocol.verify.signed_claims": Part.SIGNATURE,
    "lti_tool.lti.services.launches.verify": Part.VERIFIER,
    "lti_tool.lti.wire.begin_login": Part.LIBRARY,
    "lti_tool.lti.wire.check_message": Part.LIBRARY,
    "django.db.backends.base.base.BaseDatabaseWrapper.connect": Part.CONNECTION,
    "django.db.backends.base.base.BaseDatabaseWrapper.close": Part.CONNECTION,
    "django.db.backends.base.base.BaseDatabaseWrapper._commit": Part.SQL,
    "django.db.backends.utils.CursorWrapper._execute": Part.SQL,
    "lti_tool.lti.services.start_login": Part.ORM,
    "lti_tool.lti.services.finish_attempt": Part.ORM,
    "lti_tool.lti.services.admit": Part.ORM,
    "lti_tool.lti.services.record_launch": Part.ORM,
    "lti_tool.lti.access.find_launch": Part.ORM,
    "lti_tool.lti.access.viewers_of": Part.ORM,
    "django.contrib.sessions.middleware.SessionMiddleware.process_request": Part.SESSION,
    "django.contrib.sessions.middleware.SessionMiddleware.process_response": Part.SESSION,
    "django.contrib.sessions.backends.db.SessionStore.load": Part.SESSION,
    "django.contrib.sessions.backends.db.SessionStore.cycle_key": Part.SESSION,
    "django.template.backends.django.Template.render": Part.TEMPLATE,
}


@contextmanager
def split(watch: Stopwatch) -> Iterator[None]:
    """Have the watch told of every part, as long as this lasts. Whatever is in none of them is REST."""
    with ExitStack() as stack:
        for name, part in BOUNDS.items():
            stack.enter_context(patch(name, watch.timed(part, resolve_name(name))))
        yield
