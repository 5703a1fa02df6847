"""`manage.py reset_second_factor NAME`: for an administrator whose phone and backup codes are gone."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.administration import services
from lti_tool.core.clock import now


class Command(BaseCommand):
    """Make sure first, by voice or face, that it is them who ask."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and who answers for it."""
        parser.add_argument("name", help="the account's name")
        parser.add_argument("--by", default="administrator", help="your own account's name, for the audit")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Reset, and say what comes next."""
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError("There is no such account.")
        services.reset(user=user, by=options["by"], at=now())
        self.stdout.write(
            "The second factor is gone. Let them sign in now and set up a new one; until then whoever has "
            "the password could. If that may be in strange hands: manage.py changepassword first."
        )
