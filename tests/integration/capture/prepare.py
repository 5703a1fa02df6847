"""Run inside a house: make one consenting student with a launch, and tell as JSON how a browser holds it."""

import json
import secrets
import sys

import django

django.setup()

from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from lti_tool.core import clock  # noqa: E402
from lti_tool.lti.browser import bind  # noqa: E402
from tests.factories import give_everything, make_context, make_launch, make_student  # noqa: E402


def main() -> None:
    context, session = make_context(), SessionStore()
    session.create()
    browser_hash = bind(session)
    session.save()
    student, at = make_student(context, sub=secrets.token_hex(4)), clock.now()
    give_everything(student, context, at=at)
    launch = make_launch(student, context, at=at, browser_hash=browser_hash)
    json.dump({"launch": launch.public_id, "cookie": session.session_key}, sys.stdout)


main()
