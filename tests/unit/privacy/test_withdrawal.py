"""Withdrawing stops everything and leaves nothing that anybody could read."""

import uuid
from contextlib import suppress
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection

from deploy.demo.broker import free_port
from lti_tool.alerts import sealed
from lti_tool.alerts import services as alerts
from lti_tool.alerts.models import CaseNote, Word
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.selectors import verify
from lti_tool.capture.models import CaptureSession, Snippet, SnippetState
from lti_tool.consent import selectors as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy import services as privacy
from lti_tool.privacy.models import Receipt
from lti_tool.privacy.sealed_receipts import Details, details_of
from lti_tool.records import selectors
from lti_tool.records import services as records
from lti_tool.records.models import MentalHealthFile, StressRecord
from lti_tool.records.places import place_of
from lti_tool.records.sealed import envelope_of
from lti_tool.vault import configured
from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyDestroyed, KeyServerAway, SealBroken, WrongKey
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.sealing import unseal
from lti_tool.vault.secrets import SecretKey
from lti_tool.vault.wrapping import unwrap
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context)


@pytest.fixture
def file(student: PlatformUser, context: Context) -> MentalHealthFile:
    return make.history(student, context, [[0.1, 0.2, 0.3], [0.2, 0.3, 0.4]])


def every_cell() -> list[bytes]:
    """The content of every row of every table, as bytes."""
    cells: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            for row in cursor.fetchall():
                cells += [v.encode() if isinstance(v, str) else bytes(v) for v in row if is_text(v)]
    return cells


def is_text(value: object) -> bool:
    return isinstance(value, str | bytes | memoryview)


def opened(key: SecretKey, bindings: list[bytes]) -> int:
    """How many cells somebody with the key, and every place that was sealed to, can open."""
    count = 0
    for cell, binding in product(every_cell(), bindings):
        with suppress(SealBroken):
            unseal(cell, key, binding=binding)
            count += 1
    return count


def keys_left() -> int:
    """How many cells somebody with the key-encryption key can unwrap."""
    count = 0
    for cell in every_cell():
        with suppress(WrongKey):
            unwrap(WrappedKey(cell, configured.load().current_version()))
            count += 1
    return count


def test_nothing_is_left_that_the_old_key_opens_and_no_key_that_could_be_unwrapped(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    old_key = vault.open_data_key(file.data_key)
    places = [envelope_of(r).binding(place_of(file)) for r in StressRecord.objects.of(file)]
    assert (opened(old_key, places), keys_left()) == (6, 1)

    privacy.withdraw(student=student, context=context, at=NOW)

    assert (opened(old_key, places), keys_left()) == (0, 0)
    assert not any(old_key.reveal() in cell for cell in every_cell())
    with pytest.raises(KeyDestroyed):
        records.read_file(file=file, reader=str(student.pseudonym), purpose="own view", at=NOW)


def test_nothing_of_a_case_is_left_that_its_key_opens(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    counselor = make.make_counselor(context)
    case = alerts.ask_for_contact(student=student, context=context, name="Ada", text="please", at=NOW)
    note = alerts.write_note(case=case, author=counselor, text="she called", at=NOW)
    old_key = vault.open_data_key(case.data_key)
    rows: list[Word | CaseNote] = [*Word.objects.filter(case=case), note]
    places = [sealed._binding(row, case) for row in rows]
    assert (opened(old_key, places), keys_left()) == (2, 2)

    privacy.withdraw(student=student, context=context, at=NOW)

    assert (opened(old_key, places), keys_left()) == (0, 0)
    assert not any(old_key.reveal() in cell for cell in every_cell())
    assert not any(str(case.public_id).encode() in cell for cell in every_cell() if b"case:" not in cell)


def test_the_receipt_counts_what_was_destroyed(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    receipt = privacy.withdraw(student=student, context=context, at=NOW)
    assert details_of(receipt) == Details("", 6, 0)
    assert receipt.given_at == NOW


def test_a_receipt_says_nothing_in_clear_but_that_and_when(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    receipt = privacy.withdraw(student=student, context=context, at=NOW)
    fields = {field.name for field in Receipt._meta.fields}
    assert fields == {"id", "public_id", "student", "context", "given_at", "sealed"}
    assert b"destroyed" not in bytes(receipt.sealed)
    assert receipt.sealed in every_cell()
    Receipt.objects.update(given_at=NOW + timedelta(seconds=1))
    with pytest.raises(SealBroken):
        details_of(Receipt.objects.get())


def test_an_erasure_waits_for_no_key(
    file: MentalHealthFile, student: PlatformUser, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is at the address where the keys are kept."""
    nowhere = {"KEYRING": "transit", "TRANSIT_URL": f"http://127.0.0.1:{free_port()}", "TRANSIT_TOKEN": "t"}
    for name, value in nowhere.items():
        monkeypatch.setenv(f"ATTUNE_{name}", value)
    with pytest.raises(KeyServerAway):
        vault.create_data_key(at=NOW)
    receipt = privacy.withdraw(student=student, context=context, at=NOW)
    assert details_of(receipt) is None
    assert StressRecord.objects.count() == 0
    browser = make.enter(student, context)
    page = browser.get(browser.address("privacy:receipt", receipt=receipt.public_id)).content.decode()
    assert "could not be noted on this receipt" in page


def test_consent_is_taken_back_and_no_trace_of_any_session_stays(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    for ended_at in (NOW, None):
        session = CaptureSession.objects.create(
            student=student, context=context, started_at=NOW, ended_at=ended_at
        )
        Snippet.objects.create(
            session=session,
            client_id=uuid.uuid4(),
            state=SnippetState.MEASURED,
            record=StressRecord.objects.of(file).filter(snippet=None).first(),
            frame_count=8,
            byte_count=1,
            captured_at=NOW,
            received_at=NOW,
        )

    privacy.withdraw(student=student, context=context, at=NOW)

    assert not CaptureSession.objects.exists()
    assert not Snippet.objects.exists()
    assert not any(consent.permits(student=student, context=context, purpose=purpose) for purpose in Purpose)


def test_no_name_is_kept_of_somebody_about_whom_nothing_else_is(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    privacy.withdraw(student=student, context=context, at=NOW)
    assert PlatformUser.objects.get(pk=student.pk).name == ""


def test_another_course_and_another_student_keep_their_files(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    other_course = make.make_context(deployment=context.deployment)
    make.give_everything(student, other_course)
    own = make.history(student, other_course, [[0.5]])
    someone = make.consenting(context, name="Bob")
    theirs = make.history(someone, context, [[0.5]])

    privacy.withdraw(student=student, context=context, at=NOW)

    assert PlatformUser.objects.get(pk=student.pk).name == "Ada"
    for kept in (own, theirs):
        reader = str(kept.student.pseudonym)
        history = records.read_file(file=kept, reader=reader, purpose="own view", at=NOW)
        assert len(history.observations) == 1


def test_a_counselor_no_longer_finds_the_file(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    counselor = make.make_counselor(context)
    assert selectors.files_in_care(counselor, context, NOW) == [file]
    privacy.withdraw(student=student, context=context, at=NOW)
    assert selectors.files_in_care(counselor, context, NOW) == []


def test_a_student_can_begin_again_with_a_new_key(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    old_key = vault.open_data_key(file.data_key)
    privacy.withdraw(student=student, context=context, at=NOW)
    later = NOW + timedelta(days=1)
    make.give_everything(student, context, at=later)

    new = records.open_file(student=student, context=context, at=later)
    records.append_record(file=new, measured=make.measured(), session_id=uuid.uuid4(), at=later)

    assert new.pk != file.pk
    assert vault.open_data_key(new.data_key) != old_key
    history = records.read_file(file=new, reader=str(student.pseudonym), purpose="own view", at=later)
    assert len(history.observations) == 1
    assert history.baseline is None


def test_withdrawing_without_a_file_or_twice_is_harmless(student: PlatformUser, context: Context) -> None:
    for minute in range(2):
        at = NOW + timedelta(minutes=minute)
        assert privacy.withdraw(student=student, context=context, at=at).pk
        assert StressRecord.objects.count() == 0


def test_the_audit_keeps_that_it_happened_and_stays_whole(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    privacy.withdraw(student=student, context=context, at=NOW)
    actions = list(AuditEntry.objects.values_list("action", flat=True))[-4:]
    assert actions == [
        Action.FILE_DESTROYED,
        Action.CONSENT_WITHDRAWN,
        Action.NAME_FORGOTTEN,
        Action.ERASURE_FINISHED,
    ]
    assert verify().finding is None


def test_a_later_launch_does_not_bring_the_name_back_until_a_new_yes(
    file: MentalHealthFile, student: PlatformUser, context: Context
) -> None:
    privacy.withdraw(student=student, context=context, at=NOW)
    assert not PlatformUser.objects.get(pk=student.pk).name_shared

    make.give_everything(student, context)
    assert PlatformUser.objects.get(pk=student.pk).name_shared
