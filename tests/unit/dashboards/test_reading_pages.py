"""The reading pages with real, sealed data behind them."""

import re
from datetime import date, datetime, timedelta

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context
from lti_tool.records import services as records
from lti_tool.records.models import ClassWeek, Origin
from tests.factories import (
    consenting,
    history,
    make_counselor,
    make_instructor,
    make_student,
    measured,
)
from tests.unit.dashboards.conftest import TEACHES, Visit

USUAL = [0.3, 0.31, 0.29]
TENSE = [0.7, 0.72, 0.71]


def test_a_student_sees_their_trend_what_is_held_and_how_to_stop(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = consenting(course, at=at)
    history(student, course, [USUAL] * 4 + [TENSE], until=at)
    page = visit(student).text("dashboards:mine")
    assert "More tension than your usual in 1 of the last 5 sessions." in page
    assert 'class="chart__usual"' in page
    assert "15, from 5 sessions" in page
    assert "Stop and delete everything" in page
    assert "Made-up data" not in page


def test_a_session_that_told_nothing_says_why(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    history(student, course, [USUAL, [None, None, None]], until=at)
    page = visit(student).text("dashboards:mine")
    assert "no face in view (21)" in page
    assert "we could not tell" in page
    assert 'class="chart__unknown"' in page


def test_generated_records_are_labelled_on_every_page(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    file = history(student, course, [USUAL], until=at)
    records.append_record(
        file=file, measured=measured(0.3), session_id=file.public_id, origin=Origin.GENERATED, at=at
    )
    counselor = visit(make_counselor(course, at=at))
    for page in (
        visit(student).text("dashboards:mine"),
        counselor.text("dashboards:caseload"),
        counselor.text("dashboards:student", file=file.public_id),
    ):
        assert "Made-up data" in page


def test_before_the_first_session_the_page_says_that_nothing_is_held(
    visit: Visit, course: Context, at: datetime
) -> None:
    assert "Nothing is held yet" in visit(consenting(course, at=at)).text("dashboards:mine")


def test_who_declined_finds_a_whole_page(visit: Visit, course: Context, at: datetime) -> None:
    student = make_student(course)
    consent.decline(student=student, context=course, at=at)
    page = visit(student).text("dashboards:mine")
    assert "Nothing is held about you" in page
    assert "Stop and delete everything" not in page


def test_choices_are_told_as_they_stand(visit: Visit, course: Context, at: datetime) -> None:
    alone = visit(consenting(course, purposes=[Purpose.CAMERA], at=at)).text("dashboards:mine")
    assert "<dt>Counselors</dt> <dd> nothing </dd>" in alone
    shared = visit(consenting(course, at=at)).text("dashboards:mine")
    assert "the same as you" in shared


def test_a_counselor_sees_who_shares_and_what_persists_first(
    visit: Visit, course: Context, at: datetime
) -> None:
    history(consenting(course, name="Ada", at=at), course, [USUAL] * 6, until=at)
    history(consenting(course, name="Zoe", at=at), course, [USUAL] * 9 + [TENSE] * 3, until=at)
    private = consenting(course, name="Petra", purposes=[Purpose.CAMERA], at=at)
    history(private, course, [TENSE] * 3, until=at)
    page = visit(make_counselor(course, at=at)).text("dashboards:caseload")
    assert page.index("Zoe") < page.index("Ada")
    assert "Petra" not in page
    assert "More tension than their usual in 3 of the last 5 sessions." in page


def test_who_left_the_course_list_is_marked_for_the_counselor_and_for_themselves(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = consenting(course, name="Ada", at=at)
    file = history(student, course, [USUAL] * 3, until=at)
    counselor = visit(make_counselor(course, at=at))
    pages = [(counselor, "dashboards:caseload"), (visit(student), "dashboards:mine")]
    assert not any("course list" in visitor.text(page) for visitor, page in pages)

    file.off_list_since = at
    file.save()
    assert all("course list" in visitor.text(page) for visitor, page in pages)


def test_a_class_that_is_too_small_is_told_why_nothing_is_shown(
    visit: Visit, course: Context, at: datetime
) -> None:
    consenting(course, at=at)
    teacher = visit(make_instructor(course), roles=TEACHES)
    for size, said in ((None, "No week to show yet"), (10, "No week to show yet"), (9, "too small")):
        course.class_size = size
        course.save()
        assert said in teacher.text("dashboards:class")


def test_an_empty_caseload_is_explained(visit: Visit, course: Context, at: datetime) -> None:
    assert "Nobody shares a record with you yet" in visit(make_counselor(course, at=at)).text(
        "dashboards:caseload"
    )


def test_the_counselor_sees_the_figures_the_student_sees(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    file = history(student, course, [USUAL] * 3 + [TENSE], until=at)
    theirs = visit(make_counselor(course, at=at)).text("dashboards:student", file=file.public_id)
    mine = visit(student).text("dashboards:mine")
    for figure in ("0.71", "(0.66 to 0.76)", "24 of 24"):
        assert figure in theirs
        assert figure in mine
    assert "test-model" in theirs


def test_reading_is_written_down_with_reader_and_purpose(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    file = history(student, course, [USUAL], until=at)
    counselor = make_counselor(course, at=at)
    visit(student).get("dashboards:mine")
    visit(counselor).get("dashboards:caseload")
    visit(counselor).get("dashboards:student", file=file.public_id)
    reads = AuditEntry.objects.filter(action=Action.FILE_READ).values_list("actor", "purpose")
    assert list(reads) == [
        (str(student.pseudonym), "own_record"),
        (str(counselor.pseudonym), "caseload"),
        (str(counselor.pseudonym), "student_page"),
    ]


@pytest.fixture
def published(course: Context, at: datetime) -> date:
    start = (at - timedelta(days=at.weekday(), weeks=1)).date()
    ClassWeek.objects.create(
        context=course,
        week_start=start,
        published_at=at,
        suppressed=False,
        bands={"usual": 60, "raised": 30},
    )
    ClassWeek.objects.create(
        context=course, week_start=start - timedelta(weeks=1), published_at=at, suppressed=True, bands={}
    )
    return start


def test_an_instructor_sees_bands_and_words(visit: Visit, course: Context, published: date) -> None:
    page = visit(make_instructor(course), roles=TEACHES).text("dashboards:class")
    assert "3 in 10" in page
    assert "too few, or too much alike" in page
    assert "about 3 in 10 showed more tension" in page


def test_nothing_on_the_class_page_leads_to_a_person(
    visit: Visit, course: Context, published: date, at: datetime
) -> None:
    student = consenting(course, name="Ada Lovelace", at=at)
    file = history(student, course, [USUAL], until=at)
    page = visit(make_instructor(course), roles=TEACHES).text("dashboards:class")
    main = page[page.index("<main") : page.index("</main>")]
    assert re.findall(r'<a [^>]*href="[^"]*(/class/[^"]*)"', main) == [
        "/class/table.csv",
        "/class/picture.svg",
    ]
    assert main.count("<a ") == 2
    for trace in ("Ada", str(file.public_id), str(student.pseudonym), "/caseload/"):
        assert trace not in page


def test_a_course_without_published_weeks_says_so(visit: Visit, course: Context) -> None:
    assert "No week to show yet" in visit(make_instructor(course), roles=TEACHES).text("dashboards:class")
