"""Bring the files of an archive in: the same people, new keys, new places. Measuring needs a new yes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lti_tool.activation.selectors import over_since_in
from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.consent import services as consent
from lti_tool.consent.models import Answer, Consent
from lti_tool.domain.retention import Kind
from lti_tool.domain.stress import Doubt, Level, MeasuredStress
from lti_tool.lti import services as lti
from lti_tool.lti.models import Context, Deployment, PlatformUser
from lti_tool.lti.services.platforms import ADMINISTRATOR
from lti_tool.records.archive import tool
from lti_tool.records.errors import ElsewhereAlready, OtherPlatform
from lti_tool.records.models import MentalHealthFile, StressRecord
from lti_tool.records.sealed import seal_record
from lti_tool.records.selectors import audit_subject, open_file_of
from lti_tool.records.services.arriving import take_in_remarks
from lti_tool.records.services.baselines import keep_learned, learned_of, not_fitting, reconsider_session
from lti_tool.records.services.files import lock
from lti_tool.records.services.summarising import summary_is_due
from lti_tool.records.sessions import SessionMedians
from lti_tool.vault import services as vault
from lti_tool.vault.secrets import SecretKey

BATCH = 500


@dataclass(slots=True)
class Imported:
    """What was brought in, and what was left out because its time or its student's word is over here.

    `newer_here`: remarks that stayed out, because their student said something later here, or took it back.
    """

    files: int = 0
    records: int = 0
    remarks: int = 0
    newer_here: int = 0
    known: int = 0
    over: int = 0
    erased: int = 0


@transaction.atomic
def import_files(
    *, opened: bytes, deployment: Deployment, moved_from: str = "", dry_run: bool = False, at: datetime
) -> Imported:
    """All of the archive, or nothing. What is here already stays as it is; what was erased here stays erased.

    `moved_from` is the platform's own address when the archive was made, if it has another one now. Raises
    ArchiveFault before anything is written, OtherPlatform, ElsewhereAlready.
    """
    contents = tool.check(opened)
    if contents.manifest["platform"]["issuer"] != (moved_from or deployment.registration.issuer):
        raise OtherPlatform
    course = contents.manifest["course"]
    arrival = _Arrival(
        contents,
        lti.record_course(deployment=deployment, context_id=course["context_id"], title=course["title"]),
        at,
    )
    for file in tool.files(opened):
        arrival.take_in(file)
    arrival.trace()
    if dry_run:
        transaction.set_rollback(True)
    return arrival.done


class _Arrival:
    """One archive on its way into a course."""

    def __init__(self, contents: tool.Contents, context: Context, at: datetime) -> None:
        self.contents, self.context, self.at = contents, context, at
        self.over_since = over_since_in(context.deployment_id, Kind.STRESS_RECORD, at)
        self.done = Imported()
        self.changed: list[MentalHealthFile] = []

    def take_in(self, archived: tool.ArchivedFile) -> None:
        """One file: what of it is new here, and has not lived its time."""
        person = self.contents.people[archived.head["student"]]
        student = lti.record_person(
            registration=self.context.deployment.registration,
            sub=person["sub"],
            pseudonym=UUID(person["student"]),
        )
        if self._was_erased(archived, student):
            self.done.erased += 1
            return
        living = [record for record in archived.records if self._lives(record["recorded_at"])]
        self.done.over += len(archived.records) - len(living)
        learned = self._learned(archived)
        if living or learned.by_session:
            self._fill(self._file_of(archived, student), archived, living, learned)

    def trace(self) -> None:
        """Write down what came in; an archive that brought nothing leaves no trace."""
        if not self.changed:
            return
        digest = self.contents.manifest["contents"]
        subjects = [audit_subject(file) for file in self.changed]
        audit.record_each(
            actor=ADMINISTRATOR, action=Action.FILE_IMPORTED, subjects=subjects, purpose=digest, at=self.at
        )
        place = f"deployment:{self.context.deployment_id}"
        audit.record(
            actor=ADMINISTRATOR, action=Action.ARCHIVE_IMPORTED, subject=place, purpose=digest, at=self.at
        )

    def _was_erased(self, archived: tool.ArchivedFile, student: PlatformUser) -> bool:
        """Whether the student had this file, or what became of it, destroyed here."""
        since = datetime.fromisoformat(self.contents.manifest["exported_at"])
        erased = Q(public_id=archived.head["id"], closed_at__isnull=False) | Q(closed_at__gte=since)
        return MentalHealthFile.objects.filter(erased, student=student, context=self.context).exists()

    def _lives(self, moment: str) -> bool:
        return datetime.fromisoformat(moment) > self.over_since

    def _learned(self, archived: tool.ArchivedFile) -> SessionMedians:
        sessions = archived.baseline["sessions"] if archived.baseline else {}
        return SessionMedians.from_json(sessions).since(self.over_since)

    def _file_of(self, archived: tool.ArchivedFile, student: PlatformUser) -> MentalHealthFile:
        """The student's open file here, else a new one that keeps the name by which the audit knows it."""
        own_id = UUID(archived.head["id"])
        own = {"student": student, "context": self.context}
        if MentalHealthFile.objects.filter(public_id=own_id).exclude(**own).exists():
            raise ElsewhereAlready
        if current := open_file_of(student, self.context):
            return lock(current)
        file = MentalHealthFile(**own, public_id=own_id, data_key=vault.create_data_key(at=self.at))
        file.opened_at = datetime.fromisoformat(archived.head["opened_at"])
        file.save(force_insert=True)
        self.done.files += 1
        return file

    def _fill(
        self,
        file: MentalHealthFile,
        archived: tool.ArchivedFile,
        living: Sequence[tool.Json],
        learned: SessionMedians,
    ) -> None:
        key = vault.open_data_key(file.data_key)
        new = _unknown(living, file)
        sealed = StressRecord.objects.bulk_create(_sealed(new, file, key), batch_size=BATCH)
        _have_summarised(sealed, file)
        answers = [_answer(answer) for answer in archived.consents]
        kept = consent.carry_over(student=file.student, context=self.context, answers=answers, at=self.at)
        said = take_in_remarks(archived.held["remark"], file, key)
        moved = _keep(learned, archived, file, key)
        for session_id in said.sessions:
            reconsider_session(file, key, session_id)
        self.done.records += len(new)
        self.done.known += len(living) - len(new)
        self.done.remarks += len(said.sessions)
        self.done.newer_here += said.newer_here
        if new or kept or moved or said.sessions:
            self.changed.append(file)


def _unknown(records: Sequence[tool.Json], file: MentalHealthFile) -> list[tool.Json]:
    """Those that the file has not. Raises ElsewhereAlready where another file has one."""
    known: dict[str, int] = {}
    for start in range(0, len(records), BATCH):
        ids = [record["id"] for record in records[start : start + BATCH]]
        found = StressRecord.objects.filter(public_id__in=ids).values_list("public_id", "file_id")
        known |= {str(public_id): file_id for public_id, file_id in found}
    if set(known.values()) - {file.pk}:
        raise ElsewhereAlready
    return [record for record in records if record["id"] not in known]


def _sealed(records: Sequence[tool.Json], file: MentalHealthFile, key: SecretKey) -> list[StressRecord]:
    return [_sealed_record(values, file, key) for values in records]


def _have_summarised(records: Sequence[StressRecord], file: MentalHealthFile) -> None:
    moments: dict[UUID, list[datetime]] = {}
    for record in records:
        moments.setdefault(record.session_id, []).append(record.recorded_at)
    for session_id, those in moments.items():
        for moment in {min(those), max(those)}:
            summary_is_due(file=file, session_id=session_id, at=moment)


def _sealed_record(values: tool.Json, file: MentalHealthFile, key: SecretKey) -> StressRecord:
    """As it was judged then: the level is not made anew."""
    record = StressRecord(
        public_id=UUID(values["id"]),
        file=file,
        session_id=UUID(values["session_id"]),
        recorded_at=datetime.fromisoformat(values["recorded_at"]),
        origin=values["origin"],
    )
    record.sealed = seal_record(
        record,
        file,
        key,
        measured=MeasuredStress.from_json(values),
        level=Level(values["level"]),
        doubt=Doubt(values["doubt"]) if values["doubt"] else None,
    )
    return record


def _keep(
    learned: SessionMedians, archived: tool.ArchivedFile, file: MentalHealthFile, key: SecretKey
) -> bool:
    """Add what was learned there to what was learned here, but for what the student says does not fit.

    Returns whether that changed anything.
    """
    known = learned_of(file, key)
    if archived.baseline is None or not learned.by_session:
        return False
    updated_at, here = known or (datetime.fromisoformat(archived.baseline["updated_at"]), SessionMedians({}))
    both = learned.joined_with(here).without(not_fitting(file, key))
    if both == here:
        return False
    keep_learned(file, key, both, updated_at=updated_at)
    return True


def _answer(values: tool.Json) -> Consent:
    return Consent(
        answer=Answer.YES if values["purposes"] else Answer.NOT_NOW,
        purposes=values["purposes"],
        text_version=values["text_version"],
        text_hash=values["text_hash"],
        text_language=values.get("text_language", "en"),  # archives of before there were others
        adult_confirmed=values["adult_confirmed"],
        age_asked=values["age_asked"],
        shown_by_own_act=values["shown_by_own_act"],
        answered_at=datetime.fromisoformat(values["answered_at"]),
    )
