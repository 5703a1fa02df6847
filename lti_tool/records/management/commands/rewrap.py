"""`manage.py rewrap`: bring every stored key under the current key-encryption key, while the service runs."""

from collections.abc import Mapping

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.core.errors import AttuneError
from lti_tool.records.services.rewrapping import Outcome, rewrap
from lti_tool.vault.rewrapping import inventory


class Command(BaseCommand):
    """May be stopped and begun again at any time. Exits 1 when something could not be opened."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a look before the deed."""
        parser.add_argument("--dry-run", action="store_true", help="only tell what lies under which version")

    def handle(self, *, dry_run: bool, **options: object) -> None:
        """Rewrap, and say which old versions may be removed from the keyring."""
        if dry_run:
            self._tell(inventory())
            return
        try:
            outcome = rewrap(tell=self._progress, at=now())
        except AttuneError as error:
            raise CommandError(f"{error} {error.shown_next_step}") from None
        self._report(outcome)

    def _progress(self, place: str, done: int) -> None:
        if done:
            self.stdout.write(f"{place}: {done} rewrapped")

    def _report(self, outcome: Outcome) -> None:
        self.stdout.write(f"{outcome.changed} keys were rewrapped. Now there are, under each version:")
        self._tell(outcome.left)
        for version in outcome.may_go:
            self.stdout.write(f"Nothing lies under {version} any more: it may be removed from the keyring.")
        if outcome.unopened:
            raise CommandError(
                f"These did not open and were left as they are: {_words(outcome.unopened)}. "
                "Keep every old key until the runbook's “A key is lost” was followed."
            )
        if outcome.old:
            self.stdout.write("Something was wrapped by an old version meanwhile: run this again.")

    def _tell(self, found: Mapping[str, Mapping[str, int]]) -> None:
        for version, places in sorted(found.items()):
            self.stdout.write(f"  {version}: {_words(places)}")


def _words(places: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {place}" for place, count in sorted(places.items()))
