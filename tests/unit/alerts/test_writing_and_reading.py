"""What is written into a case: sealed where it lies, opened for its student and counselors, never unseen."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from lti_tool.alerts import sealed, selectors, services
from lti_tool.alerts.errors import WORDS_LONGEST, CaseMissing, NothingWritten, StepNotNow, TooLong
from lti_tool.alerts.models import Alert, Case, CaseNote, CaseStep, Outcome, Word, WordKind
from lti_tool.audit.models import Action, AuditEntry
from lti_tool.audit.services import recording
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records.models import MentalHealthFile
from lti_tool.vault import services as vault
from lti_tool.vault.errors import SealBroken
from tests import factories as make
from tests.factories.times import NOW
from tests.unit.alerts import cases
from tests.unit.alerts.cases import WORDS

NOTE = "She spoke of her brother. Calm, and glad that somebody asked."


def note(case: Case, author: PlatformUser, text: str = NOTE) -> CaseNote:
    return services.write_note(case=case, author=author, text=text, at=NOW)


def cells_of(*models: type[Any]) -> bytes:
    """Every byte and word of some tables."""
    rows = [row for model in models for row in model.objects.values_list()]
    return b"\n".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for r in rows for v in r
    )


def test_no_word_of_it_lies_in_the_tables(
    file: MentalHealthFile, case: Case, counselor: PlatformUser
) -> None:
    note(case, counselor)
    services.say_of_case(case=case, kind=WordKind.NOTE, text=WORDS, at=NOW)
    cases.raised(file)
    lying = cells_of(Case, Alert, Word, CaseNote, CaseStep)
    assert str(case.public_id).encode() in lying, "the looking would find it"
    for told in (NOTE, WORDS, "Ada L.", "brother", "high", "low_z", "2.5"):
        assert told.encode() not in lying


@pytest.mark.parametrize("change", ["case", "kind", "row", "moment", "key"])
def test_bytes_that_were_moved_do_not_open(
    case: Case, counselor: PlatformUser, context: Context, change: str
) -> None:
    other = cases.asked(make.make_student(context), context)
    row, second = note(case, counselor), note(other, counselor)
    key = vault.open_data_key(case.data_key)
    assert sealed.opened(row, case=case, key=key) == {"text": NOTE}
    moved: CaseNote | Word = row
    match change:
        case "case":
            with pytest.raises(SealBroken):
                sealed.opened(row, case=other, key=key)
            return
        case "kind":
            moved = Word(case=case, public_id=row.public_id, written_at=row.written_at, sealed=row.sealed)
        case "row":
            moved.public_id = second.public_id
        case "moment":
            moved.written_at += timedelta(microseconds=1)
        case "key":
            key = vault.open_data_key(other.data_key)
    with pytest.raises(SealBroken):
        sealed.opened(moved, case=case, key=key)


def test_a_note_that_was_moved_in_the_table_shows_nothing(case: Case, counselor: PlatformUser) -> None:
    other = cases.asked(make.make_student(case.context), case.context)
    CaseNote.objects.filter(pk=note(case, counselor).pk).update(case=other)
    with pytest.raises(SealBroken):
        services.read_case(case=other, reader=counselor, purpose=services.CASE_PAGE, at=NOW)


def test_what_was_written_is_read_as_it_was_meant(case: Case, counselor: PlatformUser) -> None:
    note(case, counselor, "  one\r\ntwo\ttabs\x00\x1b[31m\ud800 ")
    opened = services.read_case(case=case, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    assert opened.notes[0].text == "one\ntwo tabs[31m"
    assert opened.notes[0].by == counselor.display_name


@pytest.mark.parametrize("text", ["", "  \n\t ", "\x00\x1b"])
def test_an_empty_note_is_not_kept(case: Case, counselor: PlatformUser, text: str) -> None:
    with pytest.raises(NothingWritten):
        note(case, counselor, text)
    with pytest.raises(NothingWritten):
        services.say_of_case(case=case, kind=WordKind.NOTE, text=text, at=NOW)
    assert not CaseNote.objects.exists()


def test_as_much_as_fits_is_kept_and_not_a_letter_more(case: Case, counselor: PlatformUser) -> None:
    note(case, counselor, "ä" * WORDS_LONGEST)
    for write in (
        lambda text: note(case, counselor, text),
        lambda text: services.say_of_case(case=case, kind=WordKind.NOTE, text=text, at=NOW),
        lambda text: cases.asked(case.student, case.context, text=text),
    ):
        with pytest.raises(TooLong):
            write("ä" * (WORDS_LONGEST + 1))
    assert (CaseNote.objects.count(), Word.objects.count()) == (1, 1)


def test_too_long_a_wish_begins_no_case(student: PlatformUser, context: Context) -> None:
    with pytest.raises(TooLong):
        cases.asked(student, context, text="x" * (WORDS_LONGEST + 1))
    assert not Case.objects.exists()


def test_to_contest_takes_no_words_and_to_ask_for_contact_neither(
    student: PlatformUser, context: Context, counselor: PlatformUser
) -> None:
    case = cases.asked(student, context, text="")
    services.say_of_case(case=case, kind=WordKind.CONTEST, text="", at=NOW)
    opened = services.read_case(case=case, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    assert opened.contested
    assert [word.text for word in opened.words] == ["", ""]


def test_a_wish_for_contact_is_no_mere_word_of_which_nobody_is_told(case: Case) -> None:
    with pytest.raises(StepNotNow):
        services.say_of_case(case=case, kind=WordKind.CONTACT, text="please", at=NOW)


def test_nothing_is_said_to_a_closed_case(case: Case) -> None:
    services.close(case=case, by=None, reason=ClosingReason.OTHER, at=NOW)
    with pytest.raises(StepNotNow):
        services.say_of_case(case=case, kind=WordKind.NOTE, text="wait", at=NOW)


def test_what_is_written_makes_a_case_newer(case: Case, counselor: PlatformUser) -> None:
    later = NOW + timedelta(minutes=5)
    services.write_note(case=case, author=counselor, text=NOTE, at=later)
    assert selectors.newest_change(Case.objects.all()) == later
    services.say_of_case(case=case, kind=WordKind.NOTE, text="and", at=later + timedelta(minutes=1))
    assert selectors.newest_change(Case.objects.all()) == later + timedelta(minutes=1)


def outsiders(case: Case) -> list[PlatformUser]:
    elsewhere = make.make_context(deployment=case.context.deployment)
    past = make.make_counselor(case.context)
    past.counselor_grants.update(revoked_at=NOW)
    return [
        make.make_student(case.context),
        make.make_instructor(case.context),
        make.make_counselor(elsewhere),
        past,
    ]


def test_only_its_student_and_counselors_of_its_course_read_a_case(
    case: Case, counselor: PlatformUser
) -> None:
    for person in outsiders(case):
        with pytest.raises(CaseMissing):
            services.read_case(case=case, reader=person, purpose=services.CASE_PAGE, at=NOW)
        with pytest.raises(CaseMissing):
            services.write_note(case=case, author=person, text=NOTE, at=NOW)
        deployment = case.context.deployment
        assert not selectors.cases_in_care(person, deployment, NOW).exists()
        with pytest.raises(CaseMissing):
            selectors.case_in_care(person, deployment, case.public_id, NOW)
        with pytest.raises(CaseMissing):
            selectors.own_case(person, case.context, case.public_id)
    for person in (counselor, case.student):
        assert services.read_case(case=case, reader=person, purpose=services.CASE_PAGE, at=NOW).words


def test_a_counselor_finds_no_case_of_their_own_in_the_queue(case: Case) -> None:
    make.make_counselor_of(case.student, case.context)
    deployment = case.context.deployment
    assert not selectors.cases_in_care(case.student, deployment, NOW).exists()
    with pytest.raises(CaseMissing):
        selectors.case_in_care(case.student, deployment, case.public_id, NOW)
    with pytest.raises(CaseMissing):
        services.write_note(case=case, author=case.student, text=NOTE, at=NOW)


def test_a_grant_for_the_deployment_reaches_every_course_and_no_other_deployment(
    case: Case, context: Context
) -> None:
    elsewhere = make.make_context()
    cases.asked(make.make_student(elsewhere), elsewhere)
    everywhere = make.make_counselor(context)
    everywhere.counselor_grants.update(context=None)
    assert list(selectors.cases_in_care(everywhere, context.deployment, NOW)) == [case]
    assert not selectors.cases_in_care(everywhere, elsewhere.deployment, NOW).exists()


def test_a_read_is_written_down_by_whom_and_why(case: Case, counselor: PlatformUser) -> None:
    services.read_case(case=case, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.actor) == (Action.CASE_READ, str(counselor.pseudonym))
    assert (entry.subject, entry.purpose) == (f"case:{case.public_id}", "case_page")


def test_the_name_is_that_which_the_platform_told_of_who_asked(
    case: Case, counselor: PlatformUser, context: Context
) -> None:
    PlatformUser.objects.filter(pk=case.student_id).update(name="")
    found = selectors.case_in_care(counselor, context.deployment, case.public_id, NOW)
    opened = services.read_case(case=found, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    assert opened.name == "Ada L."


def test_what_persisted_is_read_as_it_was_when_it_was_raised(
    file: MentalHealthFile, counselor: PlatformUser
) -> None:
    case = cases.raised(file)
    opened = services.read_case(case=case, reader=counselor, purpose=services.CASE_PAGE, at=NOW)
    (finding,) = opened.findings
    assert (finding.raised_at, finding.pattern["looked_at"]) == (NOW, 5)
    first = finding.pattern["sessions"][0]
    assert first["started_at"] == (NOW - timedelta(days=8)).isoformat()
    assert (first["level"], first["low_z"], first["counts"]) == ("high", 2.5, True)


def test_fifty_cases_are_read_with_as_many_questions_as_one(
    context: Context, counselor: PlatformUser
) -> None:
    def read(most: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            found = list(selectors.cases_in_care(counselor, context.deployment, NOW)[:most])
            opened = services.read_cases(cases=found, reader=counselor, purpose=services.QUEUE, at=NOW)
            assert len([case.name for case in opened]) == most
            assert all(case.findings and case.notes and case.steps for case in opened)
            assert [step.by for case in opened for step in case.steps]
        return len(asked)

    for case in cases.raised_of_many(context, 50):
        services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
        note(case, counselor)
    read(1)
    assert read(1) == read(50)


def everything() -> str:
    models = (Case, Alert, CaseNote, CaseStep, Word, Outcome)
    return json.dumps([list(model.objects.order_by("pk").values()) for model in models], default=repr)


def test_without_its_trace_nothing_is_read_and_nothing_is_changed(
    file: MentalHealthFile, counselor: PlatformUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = cases.raised(file)
    services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=NOW)
    student, context = case.student, case.context

    def refuse(_entries: object) -> None:
        raise OperationalError

    tried: dict[str, Callable[[], object]] = {
        "read": lambda: services.read_case(case=case, reader=counselor, purpose=services.QUEUE, at=NOW),
        "note": lambda: note(case, counselor),
        "say": lambda: services.say_of_case(case=case, kind=WordKind.NOTE, text=WORDS, at=NOW),
        "ask": lambda: cases.asked(student, context),
        "raise": lambda: cases.raised(file),
        "step": lambda: services.take_step(case=case, by=counselor, step=Step.CONTACT, at=NOW),
        "close": lambda: services.close(case=case, by=counselor, reason=ClosingReason.HELPED, at=NOW),
        "erase": lambda: services.erase_cases(student=student, context=context, at=NOW),
        "stop": lambda: services.stop_showing(student=student, context=context, at=NOW),
    }
    before = everything()
    monkeypatch.setattr(recording, "_append", refuse)
    for name, service in tried.items():
        with pytest.raises(OperationalError):
            service()
        assert everything() == before, name
