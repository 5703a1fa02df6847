"""`manage.py make_registration_link`: the address by which one platform may register itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import RegistrationLink
from lti_tool.lti.services.platforms import ADMINISTRATOR


class Command(BaseCommand):
    """It works once, for three days; the platform's deployment still needs approval."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """For whom, and whether names are asked for."""
        parser.add_argument("--purpose", required=True, help="for which platform: Moodle of the law school")
        parser.add_argument("--names", action="store_true", help="ask the platform for people's names")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Say the address; nobody can read it again."""
        link = RegistrationLink(purpose=options["purpose"], asks_names=options["names"])
        try:
            address = services.make_registration_link(link=link, by=ADMINISTRATOR, at=now())
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(address)
