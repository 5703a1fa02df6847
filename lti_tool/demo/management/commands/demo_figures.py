"""Print as one JSON line what became of the demonstration's snippets."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand

from lti_tool.demo.figures import count


class Command(BaseCommand):
    """For `make demo CHECK=1` and for the curious."""

    help = __doc__

    def handle(self, **options: object) -> None:
        """One line."""
        self.stdout.write(json.dumps(asdict(count())))
