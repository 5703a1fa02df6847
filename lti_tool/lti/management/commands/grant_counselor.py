"""`manage.py grant_counselor`: say that a person is a counselor. No role of a platform ever does."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.management.platform_arguments import add_platform_arguments, course_of, deployment_of


class Command(BaseCommand):
    """For one course, or for the whole deployment."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, where, by whom and for how long."""
        add_platform_arguments(parser)
        parser.add_argument("--sub", required=True, help="the platform's name for the person")
        parser.add_argument("--context-id", help="the platform's name for the course (default: all courses)")
        parser.add_argument("--granted-by", required=True, help="who decided this")
        parser.add_argument("--days", type=int, required=True, help="for how long")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Grant, and say until when."""
        at = now()
        deployment = deployment_of(options)
        grant = services.grant_counselor(
            registration=deployment.registration,
            sub=options["sub"],
            deployment=deployment,
            context=course_of(deployment, options["context_id"]),
            granted_by=options["granted_by"],
            expires_at=at + timedelta(days=options["days"]),
            at=at,
        )
        self.stdout.write(f"Granted to {grant.user} until {grant.expires_at:%Y-%m-%d}.")
