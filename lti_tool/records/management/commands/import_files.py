"""`manage.py import_files ARCHIVE`: bring the files of an archive into this installation."""

from getpass import getpass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.core.errors import AttuneError
from lti_tool.lti.management.platform_arguments import add_platform_arguments, deployment_of
from lti_tool.records.archive import tool
from lti_tool.records.services import Imported, import_files


class Command(BaseCommand):
    """All or nothing, and twice is as good as once."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which archive, opened how, and into which deployment."""
        parser.add_argument("archive", type=Path)
        key = parser.add_mutually_exclusive_group(required=True)
        key.add_argument("--identity", type=Path, help="the file with the secret key of age")
        key.add_argument("--passphrase", action="store_true", help="ask for the passphrase")
        add_platform_arguments(parser)
        parser.add_argument("--moved-from", default="", help="the platform's own address when it was made")
        parser.add_argument("--contents", default="", help="the digest that its contents must have")
        parser.add_argument("--dry-run", action="store_true", help="only tell what would come in")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Check it whole, then bring it in."""
        deployment = deployment_of(options)
        try:
            opened = _opened(options)
            if options["contents"] not in {"", tool.check(opened).manifest["contents"]}:
                raise CommandError("The archive has other contents than those. Nothing was imported.")
            imported = import_files(
                opened=opened,
                deployment=deployment,
                moved_from=options["moved_from"],
                dry_run=options["dry_run"],
                at=now(),
            )
        except tool.ArchiveFault as fault:
            raise CommandError(f"{fault} Nothing was imported.", returncode=fault.fault.status) from None
        except AttuneError as error:
            raise CommandError(f"{error} {error.shown_next_step}") from None
        self._tell(imported, "would come in" if options["dry_run"] else "came in")

    def _tell(self, imported: Imported, happened: str) -> None:
        self.stdout.write(f"{imported.files} new files and {imported.records} records {happened}.")
        for count, words in (
            (imported.remarks, f"remarks by their students {happened}"),
            (imported.newer_here, "remarks stay out: their students said something later here"),
            (imported.known, "records were here already"),
            (imported.over, "records are older than records are kept here, and stay out"),
            (imported.erased, "files were erased here by their students, and stay erased"),
        ):
            if count:
                self.stdout.write(f"{count} {words}.")
        self.stdout.write(
            "Nothing is measured, and no counselor reads any of it, before its student says yes here."
        )


def _opened(options: dict[str, Any]) -> bytes:
    try:
        data = options["archive"].read_bytes()
        identity = options["identity"].read_text(encoding="utf-8") if options["identity"] else ""
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"It cannot be read: {error}", returncode=2) from None
    passphrase = getpass("Passphrase: ") if options["passphrase"] else ""
    return tool.open_archive(data, identity=identity, passphrase=passphrase)
