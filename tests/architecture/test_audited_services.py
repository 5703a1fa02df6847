"""A file is neither read nor changed without its entry in the audit, in the same transaction."""

import inspect
import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError
from pytest_django import Settings

from lti_tool.audit.models import AuditEntry
from lti_tool.audit.services import recording
from lti_tool.domain.checkins import SelfReport, Shared
from lti_tool.domain.emergency import EmergencyReason
from lti_tool.domain.exporting import ExportPurpose
from lti_tool.domain.remarks import Remark
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import PlatformUser
from lti_tool.records import services as records
from lti_tool.records.archive.locks import WithPassphrase
from lti_tool.records.models import EmergencyGrant, MentalHealthFile, StressRecord
from tests import factories as make
from tests.factories.times import NOW

ROOT = Path(__file__).resolve().parents[2] / "lti_tool"
Service = Callable[[MentalHealthFile, PlatformUser], object]
MONDAY = NOW.date() - timedelta(days=NOW.weekday() + 7)


def session_in(file: MentalHealthFile) -> uuid.UUID:
    record = StressRecord.objects.of(file).first()
    assert record is not None
    return record.session_id


def check_in_of(file: MentalHealthFile) -> uuid.UUID:
    return file.check_ins.get().public_id


TRACED: dict[str, Service] = {
    "append_record": lambda file, _: records.append_record(
        file=file, measured=make.measured(), session_id=uuid.uuid4(), at=NOW
    ),
    "delete_check_in": lambda file, _: records.delete_check_in(
        file=file, public_id=check_in_of(file), at=NOW
    ),
    "hide_check_ins": lambda file, _: records.hide_check_ins(file=file, at=NOW),
    "keep_check_in": lambda file, _: records.keep_check_in(
        student=file.student, context=file.context, report=SelfReport(3), shared=Shared.NOBODY, at=NOW
    ),
    "read_own_check_in": lambda file, _: records.read_own_check_in(
        file=file, public_id=check_in_of(file), at=NOW
    ),
    "read_for_rule": lambda file, _: records.read_for_rule(file=file, at=NOW),
    "delete_old_records": lambda *_: records.delete_old_records(at=NOW + LIFETIMES[Kind.STRESS_RECORD]),
    "destroy_file": lambda file, _: records.destroy_file(file=file, at=NOW),
    "end_emergency": lambda *_: records.end_emergency(grant=EmergencyGrant.objects.get(), by="ruth", at=NOW),
    "export_files": lambda file, counselor: records.export_files(
        order=records.Order(counselor, file.context, ExportPurpose.MOVING),
        lock=WithPassphrase("oyster ladder quiet melon tram"),
        into=io.BytesIO(),
        at=NOW,
    ),
    "forget_closed_files": lambda *_: records.forget_closed_files(MentalHealthFile.objects.all(), at=NOW),
    "grant_emergency": lambda file, counselor: records.grant_emergency(
        file=file,
        reader=counselor,
        reason=EmergencyReason.PERSON_MISSING,
        reference="C-1",
        lasts=timedelta(hours=1),
        by="ruth",
        at=NOW,
    ),
    "open_file": lambda file, counselor: records.open_file(student=counselor, context=file.context, at=NOW),
    "publish_class_week": lambda file, _: records.publish_class_week(
        context=file.context, week_start=MONDAY, at=NOW
    ),
    "publish_finished_weeks": lambda *_: records.publish_finished_weeks(at=NOW),
    "read_file": lambda file, _: records.read_file(
        file=file, reader=str(file.student.pseudonym), purpose="own_record", at=NOW
    ),
    "read_files_in_care": lambda file, counselor: records.read_files_in_care(
        counselor=counselor, context=file.context, purpose="caseload", at=NOW
    ),
    "read_in_emergency": lambda file, counselor: records.read_in_emergency(
        reader=counselor, grant_id=EmergencyGrant.objects.get().public_id, at=NOW
    ),
    "read_latest": lambda file, _: records.read_latest(file=file, session_id=uuid.uuid4(), at=NOW),
    "read_own_session": lambda file, _: records.read_own_session(
        file=file, session_id=session_in(file), at=NOW
    ),
    "read_shared_files": lambda file, counselor: records.read_shared_files(
        counselor=counselor, contexts=[file.context], students=[file.student_id], purpose="queue", at=NOW
    ),
    "read_sessions": lambda file, _: records.read_sessions(
        file=file, reader=str(file.student.pseudonym), purpose="own_record", at=NOW
    ),
    "refresh_baseline": lambda file, _: records.refresh_baseline(file=file, at=NOW),
    "say_of_session": lambda file, _: records.say_of_session(
        file=file, session_id=session_in(file), remark=Remark("a migraine", does_not_fit=True), at=NOW
    ),
    "summarise_sessions": lambda *_: records.summarise_sessions(at=NOW),
}
TRACED_ELSEWHERE = {
    "compare_with_roster": "needs a platform: conformance/names_and_roles",
    "import_files": "needs an archive: unit/records/test_archives",
}
WITHOUT_A_TRACE = {
    "add_missing_summaries": "says what is to be made, opens and changes nothing of it",
    "courses_with_rosters": "names courses, opens no file",
    "old_records": "finds rows, opens none",
}


@pytest.fixture
def file(db: None, settings: Settings) -> MentalHealthFile:
    """One with records, and beside it one that was closed, where emergencies are known."""
    settings.BREAK_GLASS = True
    context = make.make_context()
    closed = make.history(make.consenting(context), context, [[0.1]])
    records.destroy_file(file=closed, at=NOW)
    file = make.history(make.consenting(context), context, [[0.1, 0.2, 0.3]] * 4)
    records.keep_check_in(
        student=file.student, context=context, report=SelfReport(7), shared=Shared.BY_OWN_ACT, at=NOW
    )
    return file


@pytest.fixture
def counselor(file: MentalHealthFile) -> PlatformUser:
    """With a grant for the course, and one for an emergency."""
    counselor = make.make_counselor(file.context)
    make.make_emergency(file, counselor)
    return counselor


def kept() -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept of files and keys."""
    models = [model for model in apps.get_models() if model._meta.app_label in {"records", "vault"}]
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}


def test_every_service_of_the_room_leaves_a_trace_or_says_why_not() -> None:
    services = {name for name in records.__all__ if inspect.isfunction(getattr(records, name))}
    assert services == {*TRACED, *TRACED_ELSEWHERE, *WITHOUT_A_TRACE}


@pytest.mark.parametrize("name", sorted(TRACED))
def test_a_service_leaves_a_trace(name: str, file: MentalHealthFile, counselor: PlatformUser) -> None:
    before = AuditEntry.objects.count()
    TRACED[name](file, counselor)
    assert AuditEntry.objects.count() > before


@pytest.mark.parametrize("name", sorted(TRACED))
def test_without_its_trace_nothing_is_read_and_nothing_is_changed(
    name: str, file: MentalHealthFile, counselor: PlatformUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_entries: object) -> None:
        raise OperationalError

    before = kept()
    monkeypatch.setattr(recording, "_append", refuse)
    with pytest.raises(OperationalError):
        TRACED[name](file, counselor)
    assert kept() == before


def test_nothing_sealed_is_opened_but_by_the_services_of_the_room() -> None:
    opens = re.compile(r"records\.sealed|open_data_keys?\b|open_records|open_baseline|open_sessions")
    allowed = (
        ROOT / "records",
        ROOT / "alerts" / "services",
        ROOT / "vault",
        ROOT / "wellbeing" / "services",
    )
    sources = [path for path in ROOT.rglob("*.py") if not any(path.is_relative_to(room) for room in allowed)]
    assert len(sources) > 100
    assert [str(path) for path in sources if opens.search(path.read_text(encoding="utf-8"))] == []
