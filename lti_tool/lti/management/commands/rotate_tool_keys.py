"""`manage.py rotate_tool_keys`: let a new key of ours take over the signing, so that no platform notices."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.protocol.key_schedule import successor_signs_at


class Command(BaseCommand):
    """Once a year is enough. Nothing has to be changed in any platform."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How much of a hurry there is."""
        parser.add_argument(
            "--at-once",
            action="store_true",
            help="somebody may know the old key: destroy it now. Platforms may refuse us for an hour",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Rotate, and say from when the new key signs."""
        at = now()
        made = services.rotate_tool_keys(at=at, at_once=options["at_once"])
        # A first key, and one that has nobody to wait for, signs at once.
        begins = at if services.ensure_tool_key(at=at) == made else successor_signs_at(at)
        self.stdout.write(f"Key {made.kid} is published and signs from {begins:%Y-%m-%d %H:%M} UTC.")
