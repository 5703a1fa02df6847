"""`manage.py audit_name NAME`: how the audit names an administrator, so that their entries can be found."""

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.audit.pseudonyms import pseudonym_of


class Command(BaseCommand):
    """The way back from a name. It holds as long as ATTUNE_SECRET_KEY stays."""

    help = "Print the pseudonym under which an administrator's account name stands in the audit."

    def add_arguments(self, parser: CommandParser) -> None:
        """The account name."""
        parser.add_argument("name")

    def handle(self, *, name: str, **options: object) -> None:
        """Print it."""
        self.stdout.write(pseudonym_of(name))
