"""`manage.py approve_deployment`: let people of a deployment in. Sensing stays locked until activation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.management.platform_arguments import add_platform_arguments, registration_of


class Command(BaseCommand):
    """The deployment is put on record if it is not yet."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which one."""
        add_platform_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Approve, and say what comes next."""
        deployment = services.approve_deployment(
            registration=registration_of(options), deployment_id=options["deployment_id"], at=now()
        )
        self.stdout.write(f"Approved {deployment}. Next, before anything is sensed: activate_deployment")
