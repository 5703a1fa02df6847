"""`manage.py sweep_spool`: the sweep by hand, or from cron where no beat runs."""

from typing import Any

from django.core.management.base import BaseCommand

from lti_tool.capture.tasks import sweep_spool


class Command(BaseCommand):
    """Run one sweep now."""

    help = "Fail snippets whose frames are gone, send lost tasks again, end sessions that fell silent."

    def handle(self, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - Django's own signature
        """Print what was found."""
        for what, count in sweep_spool().items():
            self.stdout.write(f"{what}: {count}")
