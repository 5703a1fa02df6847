"""`manage.py invite_counselor`: make a code by which one person becomes a counselor. It is shown once."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.management.platform_arguments import add_platform_arguments, course_of, deployment_of
from lti_tool.lti.models import CounselorInvitation


class Command(BaseCommand):
    """Unlike a grant it needs no id of the person: who brings the code from the course is meant."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Where, by whom and for how long."""
        add_platform_arguments(parser)
        parser.add_argument("--context-id", help="the platform's name for the course (default: all courses)")
        parser.add_argument("--invited-by", required=True, help="who decided this")
        parser.add_argument("--days", type=int, required=True, help="how long the counselor will be one")
        parser.add_argument(
            "--valid-days", type=int, default=7, help="how long the code works (default %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Invite, and show the code."""
        at = now()
        deployment = deployment_of(options)
        invitation = CounselorInvitation(
            deployment=deployment,
            context=course_of(deployment, options["context_id"]),
            expires_at=at + timedelta(days=options["valid_days"]),
            grant_expires_at=at + timedelta(days=options["days"]),
        )
        try:
            code = services.invite_counselor(invitation=invitation, by=options["invited_by"], at=at)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"Code, shown once, good until {invitation.expires_at:%Y-%m-%d}: {code}")
