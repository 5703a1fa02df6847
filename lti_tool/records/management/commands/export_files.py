"""`manage.py export_files`: a course's files as a locked archive, for a counselor who may read them."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.core.errors import AttuneError
from lti_tool.domain.exporting import ExportPurpose
from lti_tool.lti.management.platform_arguments import add_platform_arguments, course_of, deployment_of
from lti_tool.lti.models import PlatformUser, Registration
from lti_tool.records.archive.locks import ForRecipient, Lock, WithPassphrase
from lti_tool.records.services import Exported, Order, export_files


class Command(BaseCommand):
    """Opens no way around consent and grants: it takes out what the counselor could on their own page."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which course, for whom, why, locked how, and where to."""
        add_platform_arguments(parser)
        parser.add_argument("--context-id", required=True, help="the platform's name for the course")
        parser.add_argument("--as", dest="sub", required=True, help="the platform's name for the counselor")
        parser.add_argument("--purpose", required=True, choices=[purpose.value for purpose in ExportPurpose])
        lock = parser.add_mutually_exclusive_group(required=True)
        lock.add_argument("--recipient", help="the public key of age (age1...) of who will open it")
        lock.add_argument("--passphrase-file", type=Path, help="a file with the passphrase")
        parser.add_argument("--to", type=Path, required=True, help="the new file to write")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Write the archive, or leave nothing behind."""
        deployment = deployment_of(options)
        course = course_of(deployment, options["context_id"])
        if course is None:
            raise CommandError("Name the course.")
        counselor = _counselor(deployment.registration, options["sub"])
        purpose = ExportPurpose(options["purpose"])
        try:
            exported = _export(
                Order(counselor, course, purpose, by_command=True), _lock(options), options["to"]
            )
        except AttuneError as error:
            raise CommandError(f"{error} {error.shown_next_step}") from None
        held = f"{exported.records} records and {exported.remarks} remarks"
        self.stdout.write(f"{exported.files} files with {held} are in {options['to']}.")
        self.stdout.write(f"Digest of the contents: {exported.contents}")


def _counselor(registration: Registration, sub: str) -> PlatformUser:
    if person := PlatformUser.objects.filter(registration=registration, sub=sub).first():
        return person
    raise CommandError("Nobody of that name has come from this platform. Is it the counselor's own `sub`?")


def _lock(options: dict[str, Any]) -> Lock:
    if options["recipient"]:
        return ForRecipient(options["recipient"])
    try:
        return WithPassphrase(options["passphrase_file"].read_text(encoding="utf-8").rstrip("\n"))
    except OSError as error:
        raise CommandError(f"The passphrase cannot be read: {error}") from None


def _export(order: Order, lock: Lock, path: Path) -> Exported:
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"Nothing is written over, and nothing was exported: {error}") from None
    done = False
    try:
        with os.fdopen(opened, "wb") as out:
            exported = export_files(order=order, lock=lock, into=out, at=now())
        done = True
    finally:
        if not done:
            path.unlink()
    return exported
