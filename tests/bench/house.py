"""The tool with a fresh database of its own, and a platform that it knows. Loads the settings itself."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.platform.platform import Platform


@contextmanager
def open_house() -> Iterator["Platform"]:
    """In the database that DATABASE_URL names, which must be empty; else in an SQLite file."""
    with tempfile.TemporaryDirectory(prefix="attune-bench-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/attune.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
        _make_tables()
        with _known_platform() as platform:
            yield platform


def _make_tables() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


@contextmanager
def _known_platform() -> Iterator["Platform"]:
    from django.conf import settings

    from lti_tool.core.clock import now
    from lti_tool.lti import services
    from tests.factories import make_activation
    from tests.platform.server import run_platform

    with run_platform(settings.PUBLIC_URL) as platform:
        facts = platform.registration()
        deployment_id = facts.pop("deployment_id")
        registration = services.register_platform(**facts, at=now())
        services.approve_deployment(registration=registration, deployment_id=deployment_id, at=now())
        make_activation(registration.deployments.get())
        yield platform
