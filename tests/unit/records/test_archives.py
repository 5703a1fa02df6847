"""Files that leave as a locked archive, and come in elsewhere: the same record, for the same person."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pyrage
import pytest
from django.db import OperationalError

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.selectors import verify
from lti_tool.audit.services import recording
from lti_tool.consent import selectors as consents
from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.domain.exporting import ARCHIVES_A_DAY, DAY, ExportPurpose
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.domain.remarks import Remark
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.errors import DoorClosed
from lti_tool.lti.models import Context, Deployment, DeploymentState, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.archive import tool
from lti_tool.records.archive.locks import ForRecipient
from lti_tool.records.archive.packing import Listing, packed
from lti_tool.records.errors import (
    ElsewhereAlready,
    ExportsUsedUp,
    FileMissing,
    NothingToExport,
    OtherPlatform,
    SharingChanged,
)
from lti_tool.records.models import Baseline, MentalHealthFile, SessionRemark, StressRecord
from lti_tool.records.services import exporting
from lti_tool.vault.models import DataKey
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db
KEY = pyrage.x25519.Identity.generate()
Empty = Callable[[], Deployment]
TERM: list[list[float | None]] = [
    [0.1, 0.2, 0.3],
    [0.2, None, 0.4, 0.3],
    [0.15, 0.25, 0.3],
    [0.29, 0.31, 0.3],
]


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def counselor(context: Context) -> PlatformUser:
    return make.make_counselor(context)


@pytest.fixture
def file(context: Context) -> MentalHealthFile:
    return make.history(make.consenting(context), context, TERM)


def order(counselor: PlatformUser, context: Context, **values: object) -> records.Order:
    return records.Order(counselor, context, ExportPurpose.MOVING, **values)  # type: ignore[arg-type]


def export(wanted: records.Order) -> bytes:
    """The archive, opened again."""
    out = io.BytesIO()
    records.export_files(order=wanted, lock=ForRecipient(str(KEY.to_public())), into=out, at=NOW)
    return tool.open_archive(out.getvalue(), identity=str(KEY))


def archived(opened: bytes) -> dict[str, tool.ArchivedFile]:
    return {file.head["id"]: file for file in tool.files(opened)}


# ---- who may take what out


def test_an_archive_holds_the_whole_record_by_pseudonym(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    opened = export(order(counselor, context))
    found = archived(opened)[str(file.public_id)]

    read = records.read_file(file=file, reader=str(counselor.pseudonym), purpose="care", at=NOW)
    assert [record["score"] for record in found.records] == [o.score for o in read.observations]
    assert [record["level"] for record in found.records] == [o.level for o in read.observations]
    assert {record["model_version"] for record in found.records} == {"test-model"}
    assert found.baseline is not None
    assert found.consents[0]["purposes"] == [purpose.value for purpose in Purpose]
    everything = b"".join(member.body for member in tool.members(opened) if member.name != tool.PEOPLE)
    assert file.student.sub.encode() not in everything
    assert b"Ada" not in everything


def test_a_name_is_in_it_only_where_it_was_shared(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    assert tool.check(export(order(counselor, context))).people[str(file.student.pseudonym)]["name"] == "Ada"
    PlatformUser.objects.filter(pk=file.student_id).update(name_shared=False)
    assert tool.check(export(order(counselor, context))).people[str(file.student.pseudonym)]["name"] == ""


def test_what_is_not_shared_does_not_leave(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    private = make.history(make.consenting(context, purposes=[Purpose.CAMERA]), context, TERM)
    own = make.history(counselor, context, [])
    make.give_everything(counselor, context)
    elsewhere = make.make_context(deployment=context.deployment)
    other = make.history(make.consenting(elsewhere), elsewhere, TERM)

    assert set(archived(export(order(counselor, context)))) == {str(file.public_id)}
    for hidden in (private, own, other):
        with pytest.raises(FileMissing):
            export(order(counselor, context, only=hidden.public_id))


def test_without_a_grant_nothing_leaves(context: Context, file: MentalHealthFile) -> None:
    for person in (make.make_instructor(context), file.student, make.make_counselor(make.make_context())):
        with pytest.raises(NothingToExport):
            export(order(person, context))
    assert not AuditEntry.objects.filter(action=Action.FILE_EXPORTED).exists()


def test_where_sharing_takes_an_act_of_its_own_a_tick_is_not_enough(counselor: PlatformUser) -> None:
    deployment = make.make_deployment()
    context = make.make_context(deployment=deployment)
    make.make_activation(deployment, jurisdiction="US-IL")
    assert consents.terms_in(context).sharing is Sharing.BY_OWN_ACT
    student, local = make.consenting(context, purposes=[Purpose.CAMERA]), make.make_counselor(context)
    file = make.history(student, context, TERM)
    with pytest.raises(NothingToExport):
        export(order(local, context))
    consent.show_to_counselors(student=student, context=context, at=NOW)
    assert set(archived(export(order(local, context)))) == {str(file.public_id)}


def test_nothing_leaves_a_deployment_whose_door_is_closed(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    context.deployment.state = DeploymentState.SUSPENDED
    with pytest.raises(DoorClosed):
        export(order(counselor, context))


def test_who_stops_sharing_meanwhile_stops_the_archive(
    counselor: PlatformUser, context: Context, file: MentalHealthFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = exporting._lines

    def withdrawing(*args: object) -> Iterator[dict[str, object]]:
        consent.withdraw_consent(student=file.student, context=context, at=NOW)
        return lines(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "_lines", withdrawing)
    with pytest.raises(SharingChanged):
        export(order(counselor, context))
    assert not AuditEntry.objects.filter(action=Action.FILE_EXPORTED).exists()


def test_only_so_many_archives_leave_in_a_day(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    for _ in range(ARCHIVES_A_DAY):
        export(order(counselor, context))
    with pytest.raises(ExportsUsedUp) as refused:
        export(order(counselor, context))
    assert refused.value.retry_after_s == DAY.total_seconds() + 1
    export(order(make.make_counselor(context), context))


# ---- what is written down


def test_each_file_is_in_the_audit_and_the_archive_names_its_entry(
    counselor: PlatformUser, context: Context, file: MentalHealthFile
) -> None:
    second = make.history(make.consenting(context, name="Bob"), context, TERM)
    manifest = tool.check(export(order(counselor, context))).manifest

    entries = AuditEntry.objects.filter(action=Action.FILE_EXPORTED, actor=str(counselor.pseudonym))
    assert {entry.subject for entry in entries} == {f"file:{f.public_id}" for f in (file, second)}
    assert {entry.purpose for entry in entries} == {"moving"}
    made = AuditEntry.objects.get(action=Action.ARCHIVE_MADE)
    assert (made.sequence, made.entry_hash) == tuple(manifest["audit"].values())
    assert made.purpose == manifest["contents"]
    assert verify().finding is None


# ---- coming in


@pytest.fixture
def opened(counselor: PlatformUser, context: Context, file: MentalHealthFile) -> bytes:
    return export(order(counselor, context))


@pytest.fixture
def elsewhere_of(context: Context) -> Empty:
    """Empties the platform of everything that was on record; a new deployment of it is there at once."""

    def empty() -> Deployment:
        MentalHealthFile.objects.all().delete()
        DataKey.objects.all().delete()
        registration = context.deployment.registration
        Context.objects.all().delete()
        PlatformUser.objects.all().delete()
        deployment = make.make_deployment(registration=registration)
        make.make_activation(deployment)
        return deployment

    return empty


@pytest.fixture
def elsewhere(opened: bytes, elsewhere_of: Empty) -> Deployment:
    """The same platform, in which nothing of what was exported is on record any more."""
    return elsewhere_of()


def bring(opened: bytes, deployment: Deployment, **values: object) -> records.Imported:
    arguments = {"opened": opened, "deployment": deployment, "at": NOW} | values
    return records.import_files(**arguments)  # type: ignore[arg-type]


def kept() -> dict[str, int]:
    models = (Context, PlatformUser, MentalHealthFile, StressRecord, SessionRemark, DataKey, AuditEntry)
    return {model.__name__: model._default_manager.count() for model in models}


def test_the_same_person_finds_the_same_record(
    opened: bytes, elsewhere: Deployment, file: MentalHealthFile
) -> None:
    assert bring(opened, elsewhere) == records.Imported(files=1, records=13)

    student = PlatformUser.objects.get(sub=file.student.sub)
    moved = selectors.open_file_of(student, Context.objects.get())
    assert moved is not None
    own = records.read_file(file=moved, reader=str(student.pseudonym), purpose="own_record", at=NOW)
    assert [o.score for o in own.observations] == [score for session in TERM for score in session]
    assert own.baseline is not None
    assert (student.pseudonym, student.name, moved.public_id) == (
        file.student.pseudonym,
        "",
        file.public_id,
    )


def test_a_yes_does_not_move_with_the_file(opened: bytes, elsewhere: Deployment) -> None:
    bring(opened, elsewhere)
    student, context = PlatformUser.objects.get(), Context.objects.get()
    counselor = make.make_counselor(context)
    assert consents.standing_of(student=student, context=context) is consents.Standing.CARRIED_OVER
    assert not any(consents.permits(student=student, context=context, purpose=p) for p in Purpose)
    assert selectors.files_in_care(counselor, context, NOW) == []
    make.give_everything(student, context, at=NOW + timedelta(minutes=1))
    assert len(selectors.files_in_care(counselor, context, NOW)) == 1


def test_a_second_time_adds_nothing(opened: bytes, elsewhere: Deployment) -> None:
    bring(opened, elsewhere)
    before = kept()
    assert bring(opened, elsewhere) == records.Imported(known=13)
    assert kept() == before


def test_a_look_beforehand_writes_nothing(opened: bytes, elsewhere: Deployment) -> None:
    before = kept()
    assert bring(opened, elsewhere, dry_run=True) == records.Imported(files=1, records=13)
    assert kept() == before


def test_it_joins_what_was_measured_here_before(
    opened: bytes, elsewhere: Deployment, file: MentalHealthFile
) -> None:
    context = make.make_context(
        deployment=elsewhere, context_id=tool.check(opened).manifest["course"]["context_id"]
    )
    student = make.make_student(context, sub=file.student.sub)
    make.give_everything(student, context)
    make.history(student, context, [[0.5, 0.5, 0.5]], until=NOW + timedelta(days=1))
    assert bring(opened, elsewhere) == records.Imported(records=13)
    moved = selectors.open_file_of(student, context)
    assert moved is not None
    own = records.read_file(file=moved, reader=str(student.pseudonym), purpose="own_record", at=NOW)
    assert len(own.observations) == 16


def test_what_a_student_erased_here_stays_erased(opened: bytes, elsewhere: Deployment) -> None:
    bring(opened, elsewhere)
    privacy.withdraw(student=PlatformUser.objects.get(), context=Context.objects.get(), at=NOW)
    assert bring(opened, elsewhere) == records.Imported(erased=1)
    assert StressRecord.objects.count() == 0


def test_records_that_have_lived_their_time_stay_out(opened: bytes, elsewhere: Deployment) -> None:
    later = NOW + LIFETIMES[Kind.STRESS_RECORD]
    assert bring(opened, elsewhere, at=later) == records.Imported(over=13)
    assert MentalHealthFile.objects.count() == 0


# ---- what a student said of a session


MIGRAINE, NOT_ME = Remark("I had a migraine,\nnot stress"), Remark("", does_not_fit=True)


def sessions(file: MentalHealthFile) -> list[UUID]:
    in_order = StressRecord.objects.of(file).values_list("session_id", flat=True)
    return list(dict.fromkeys(in_order))


def say(file: MentalHealthFile, session: UUID, remark: Remark, *, after: timedelta = timedelta()) -> None:
    records.say_of_session(file=file, session_id=session, remark=remark, at=NOW + after)


@pytest.fixture
def said(file: MentalHealthFile) -> dict[UUID, Remark]:
    """A remark on the first session, and the last one, which is far from the others, contested."""
    first, *_, last = sessions(file)
    records.refresh_baseline(file=file, at=NOW)
    remarks = {first: MIGRAINE, last: NOT_ME}
    for session, remark in remarks.items():
        say(file, session, remark)
    return remarks


@pytest.fixture
def opened_with_remarks(counselor: PlatformUser, context: Context, said: dict[UUID, Remark]) -> bytes:
    return export(order(counselor, context))


@pytest.fixture
def fresh(opened_with_remarks: bytes, elsewhere: Deployment) -> Deployment:
    """Nothing of it is on record, as in `elsewhere`."""
    assert not SessionRemark.objects.exists()
    return elsewhere


def moved_file() -> MentalHealthFile:
    moved = selectors.open_file_of(PlatformUser.objects.get(), Context.objects.get())
    assert moved is not None
    return moved


def read_own(file: MentalHealthFile) -> records.SessionHistory:
    return records.read_sessions(
        file=file, reader=str(file.student.pseudonym), purpose="own_record", at=NOW + timedelta(hours=1)
    )


def usual_of(file: MentalHealthFile) -> float:
    usual = read_own(file).baseline
    assert usual is not None
    return usual.median


def test_what_a_student_said_moves_with_the_file(
    opened_with_remarks: bytes, fresh: Deployment, said: dict[UUID, Remark]
) -> None:
    assert tool.check(opened_with_remarks).manifest["remarks"] == 2
    assert bring(opened_with_remarks, fresh) == records.Imported(files=1, records=13, remarks=2)
    assert read_own(moved_file()).remarks == said
    for sealed in SessionRemark.objects.values_list("sealed", flat=True):
        assert b"migraine" not in bytes(sealed)
    before = kept()
    assert bring(opened_with_remarks, fresh) == records.Imported(known=13)
    assert kept() == before


def test_a_contested_session_stays_out_of_the_usual_elsewhere(
    opened_with_remarks: bytes, fresh: Deployment
) -> None:
    bring(opened_with_remarks, fresh)
    moved = moved_file()
    assert usual_of(moved) == pytest.approx(0.25)
    for hour in (1, 48):
        records.refresh_baseline(file=moved, at=NOW + timedelta(hours=hour))
        assert usual_of(moved) == pytest.approx(0.25)
    say(moved, sessions(moved)[-1], Remark(), after=timedelta(hours=49))
    assert usual_of(moved) == pytest.approx(0.275)


def test_a_session_contested_where_nothing_was_learned_yet_is_not_learned_elsewhere(
    counselor: PlatformUser, context: Context, file: MentalHealthFile, elsewhere_of: Empty
) -> None:
    Baseline.objects.all().delete()
    say(file, sessions(file)[-1], NOT_ME)
    opened = export(order(counselor, context))
    bring(opened, elsewhere_of())
    records.refresh_baseline(file=moved_file(), at=NOW + timedelta(hours=1))
    assert usual_of(moved_file()) == pytest.approx(0.25)


def test_the_later_word_stays_whoever_brings_the_earlier_one(
    opened_with_remarks: bytes, fresh: Deployment
) -> None:
    bring(opened_with_remarks, fresh)
    moved = moved_file()
    first, second, *_, last = sessions(moved)
    hour = timedelta(hours=1)
    say(moved, first, NOT_ME, after=hour)
    say(moved, last, Remark(), after=hour)
    say(moved, second, NOT_ME, after=hour)
    after_all = read_own(moved)
    assert bring(opened_with_remarks, fresh) == records.Imported(known=13, newer_here=2)
    assert read_own(moved) == after_all
    assert after_all.remarks == {first: NOT_ME, second: NOT_ME}


def test_a_later_word_from_elsewhere_replaces_the_earlier_one_and_the_usual_follows(
    counselor: PlatformUser, context: Context, file: MentalHealthFile, elsewhere_of: Empty
) -> None:
    records.refresh_baseline(file=file, at=NOW)
    first, *_, last = sessions(file)
    say(file, last, NOT_ME)
    early = export(order(counselor, context))
    say(file, last, MIGRAINE, after=timedelta(minutes=1))
    say(file, first, NOT_ME, after=timedelta(minutes=1))
    late = export(order(counselor, context))
    there = usual_of(file)
    deployment = elsewhere_of()
    bring(early, deployment)
    assert usual_of(moved_file()) == pytest.approx(0.25)
    assert bring(late, deployment) == records.Imported(known=13, remarks=2)
    assert read_own(moved_file()).remarks == {last: MIGRAINE, first: NOT_ME}
    assert usual_of(moved_file()) == pytest.approx(there)
    assert bring(early, deployment) == records.Imported(known=13, newer_here=1)


def test_a_session_that_was_learned_here_leaves_the_usual_when_it_turns_out_to_be_contested(
    counselor: PlatformUser, context: Context, file: MentalHealthFile, elsewhere_of: Empty
) -> None:
    early = export(order(counselor, context))
    for session in sessions(file):
        say(file, session, NOT_ME)
    late = export(order(counselor, context))
    assert next(tool.files(late)).baseline is None
    deployment = elsewhere_of()
    bring(early, deployment)
    records.refresh_baseline(file=moved_file(), at=NOW)
    assert usual_of(moved_file()) == pytest.approx(0.275)
    assert bring(late, deployment) == records.Imported(known=13, remarks=4)
    assert read_own(moved_file()).baseline is None


def test_a_remark_goes_where_its_session_does(opened_with_remarks: bytes, fresh: Deployment) -> None:
    most = NOW - timedelta(days=1, hours=12) + LIFETIMES[Kind.STRESS_RECORD]
    assert bring(opened_with_remarks, fresh, at=most) == records.Imported(
        files=1, records=3, over=10, remarks=1
    )


def test_one_damaged_remark_keeps_the_whole_archive_out(
    opened_with_remarks: bytes, fresh: Deployment
) -> None:
    people, own, manifest = tool.members(opened_with_remarks)
    told = {k: v for k, v in tool.read_json(manifest.body, "").items() if k not in {"contents", "members"}}
    listing = Listing()
    listing.add(tool.PEOPLE, people.lines())
    damaged = [line | {"text": 7} if line["kind"] == "remark" else line for line in map(dict, own.lines())]
    listed = [people, listing.add(own.name, damaged), listing.close(told)]
    before = kept()
    with pytest.raises(tool.ArchiveFault) as refused:
        bring(b"".join(packed(listed)), fresh)
    assert refused.value.fault is tool.Fault.MALFORMED
    assert "migraine" not in str(refused.value)
    assert kept() == before


def test_an_archive_of_the_first_version_comes_in() -> None:
    opened = (Path(__file__).parents[2] / "golden" / "archive-1.tar.gz").read_bytes()
    registration = make.make_registration(issuer=tool.check(opened).manifest["platform"]["issuer"])
    deployment = make.make_deployment(registration=registration)
    make.make_activation(deployment)
    assert bring(opened, deployment) == records.Imported(files=1, records=13)
    assert usual_of(moved_file()) == pytest.approx(0.25)


# ---- what is refused, and what is written down


def test_another_platform_is_refused_unless_it_is_the_same_under_a_new_address(
    opened: bytes, elsewhere: Deployment
) -> None:
    old, new = elsewhere.registration.issuer, make.make_deployment()
    with pytest.raises(OtherPlatform):
        bring(opened, new)
    assert bring(opened, new, moved_from=old).records == 13


def test_a_file_that_is_here_in_another_course_is_not_doubled(
    opened: bytes, context: Context, file: MentalHealthFile
) -> None:
    before = kept()
    with pytest.raises(ElsewhereAlready):
        bring(opened, make.make_deployment(registration=context.deployment.registration))
    assert kept() == before


def test_what_came_in_is_in_the_audit(opened: bytes, elsewhere: Deployment, file: MentalHealthFile) -> None:
    bring(opened, elsewhere)
    digest = tool.check(opened).manifest["contents"]
    entry = AuditEntry.objects.get(action=Action.FILE_IMPORTED)
    assert (entry.subject, entry.purpose) == (f"file:{file.public_id}", digest)
    assert AuditEntry.objects.get(action=Action.ARCHIVE_IMPORTED).purpose == digest


def test_without_its_trace_nothing_comes_in(
    opened: bytes, elsewhere: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_entries: object) -> None:
        raise OperationalError

    before = kept()
    monkeypatch.setattr(recording, "_append", refuse)
    with pytest.raises(OperationalError):
        bring(opened, elsewhere)
    assert kept() == before
