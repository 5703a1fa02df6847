"""Prepare the demonstration: its platform on record, and a course with a generated past."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from lti_tool.core import clock
from lti_tool.demo.platform import install
from lti_tool.demo.seeding import fill_course, history_begins, publish_weeks, work_on_cases
from lti_tool.lti import services as lti


class Command(BaseCommand):
    """Safe to run again: what is there stays as it is."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The platform's address, and how often a snippet is taken."""
        parser.add_argument("--platform", required=True, help="address of the running platform")
        parser.add_argument(
            "--interval", type=int, default=10, help="seconds between snippets (default %(default)s)"
        )

    def handle(self, *, platform: str, interval: int, **options: object) -> None:
        """Each step says what it did."""
        now = clock.now()
        lti.ensure_tool_key(at=now)
        installed = install(platform.rstrip("/"), since=history_begins(now), at=now)
        installed.deployment.snippet_interval_s = interval
        installed.deployment.save(update_fields=["snippet_interval_s"])
        written = fill_course(installed.context, at=now)
        weeks = publish_weeks(installed.context, at=now)
        cases = work_on_cases(installed.context, at=now)
        self.stdout.write(
            f"{installed.context}: {written} generated records written, {weeks} weeks published, "
            f"{cases} cases begun."
        )
