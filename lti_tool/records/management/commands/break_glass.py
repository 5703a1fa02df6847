"""`manage.py break_glass`: in an emergency, open one file to one counselor for hours. It prints no record."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lti_tool.core.clock import now
from lti_tool.core.errors import AttuneError
from lti_tool.domain.emergency import LONGEST, USUALLY, EmergencyReason
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import EmergencyGrant, MentalHealthFile
from lti_tool.records.selectors import open_file_of, open_files
from lti_tool.records.services import end_emergency, grant_emergency


class Command(BaseCommand):
    """Read RUNBOOK.md, "Break glass", before you do this."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, to whom, why, by whom, how long; or which to end."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--file", type=UUID, help="the file's id, as the audit names it")
        what.add_argument("--student", type=UUID, help="the student's pseudonym; with --course")
        what.add_argument("--end", type=int, metavar="NUMBER", help="end this emergency now")
        parser.add_argument("--course", help="the platform's name for the course")
        parser.add_argument("--for", dest="reader", type=UUID, help="the pseudonym of the counselor on duty")
        parser.add_argument("--reason", choices=[reason.value for reason in EmergencyReason])
        parser.add_argument("--reference", help="the number of the case where you keep such cases; no name")
        parser.add_argument("--hours", type=float, default=USUALLY / timedelta(hours=1))
        parser.add_argument("--by", required=True, help="who decided this")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own
        """Open, or end, and say what follows."""
        if options["end"] is not None:
            self.stdout.write(_end(options["end"], options["by"]))
            return
        if missing := [name for name in ("reader", "reason", "reference") if not options[name]]:
            raise CommandError(f"Say also: {', '.join(missing)}.")
        grant = _grant(options)
        self.stdout.write(
            f"Emergency {grant.pk}: one file is open to {grant.reader} "
            f"until {grant.expires_at:%Y-%m-%d %H:%M} UTC, under Students in any course where they counsel. "
            "The student reads of it on their own page."
        )


def _grant(options: dict[str, Any]) -> EmergencyGrant:
    lasts = timedelta(hours=min(options["hours"], LONGEST / timedelta(hours=1) + 1))
    try:
        return grant_emergency(
            file=_file(options),
            reader=_person(options["reader"]),
            reason=EmergencyReason(options["reason"]),
            reference=options["reference"],
            lasts=lasts,
            by=options["by"],
            at=now(),
        )
    except AttuneError as error:
        raise CommandError(f"{error} {error.shown_next_step}") from None


def _end(number: int, by: str) -> str:
    grant = EmergencyGrant.objects.with_file().filter(pk=number).first()
    if grant is None:
        raise CommandError("There is no emergency of that number.")
    return "Ended." if end_emergency(grant=grant, by=by, at=now()) else "It was over already."


def _file(options: dict[str, Any]) -> MentalHealthFile:
    if options["file"]:
        file = open_files().filter(public_id=options["file"]).first()
    else:
        student = _person(options["student"])
        file = open_file_of(student, _course(student, options["course"]))
    if file is None:
        raise CommandError("There is no such file: nothing was measured there, or it was erased.")
    return file


def _person(pseudonym: UUID) -> PlatformUser:
    if person := PlatformUser.objects.filter(pseudonym=pseudonym).first():
        return person
    raise CommandError(f"Nobody has the pseudonym {pseudonym}.")


def _course(student: PlatformUser, name: str | None) -> Context:
    courses = Context.objects.filter(deployment__registration=student.registration_id, context_id=name)
    if len(courses) == 1:
        return courses[0]
    raise CommandError(
        "Name the course by --course." if not courses else "Several courses have that name: use --file."
    )
