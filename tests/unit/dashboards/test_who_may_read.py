"""Who reaches which page, and where everybody starts."""

import re
from datetime import datetime
from uuid import uuid4

import pytest

from lti_tool.consent import services as consent
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context
from tests.factories import consenting, history, make_counselor, make_instructor, make_student
from tests.unit.dashboards.conftest import TEACHES, Visit


def test_a_student_who_was_not_asked_starts_at_the_question(visit: Visit, course: Context) -> None:
    visitor = visit(make_student(course))
    assert visitor.get("dashboards:home")["Location"] == visitor.url("consent:page")


def test_a_student_who_said_yes_starts_at_the_camera(visit: Visit, course: Context, at: datetime) -> None:
    visitor = visit(consenting(course, at=at))
    assert visitor.get("dashboards:home")["Location"] == visitor.url("capture:page")


def test_a_student_who_said_not_now_starts_in_the_calm_corner(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make_student(course)
    consent.decline(student=student, context=course, at=at)
    visitor = visit(student)
    assert visitor.get("dashboards:home")["Location"] == visitor.url("wellbeing:calm")


def test_counselor_and_instructor_start_at_their_pages(visit: Visit, course: Context, at: datetime) -> None:
    counselor, instructor = (
        visit(make_counselor(course, at=at)),
        visit(make_instructor(course), roles=TEACHES),
    )
    assert counselor.get("dashboards:home")["Location"] == counselor.url("dashboards:queue")
    assert instructor.get("dashboards:home")["Location"] == instructor.url("dashboards:class")


@pytest.mark.parametrize("page", ["dashboards:caseload", "dashboards:class"])
def test_a_student_reaches_no_page_about_others(visit: Visit, course: Context, page: str) -> None:
    assert visit(make_student(course)).get(page).status_code == 403


@pytest.mark.parametrize("page", ["dashboards:mine", "dashboards:caseload"])
def test_an_instructor_reaches_no_page_about_one_person(visit: Visit, course: Context, page: str) -> None:
    assert visit(make_instructor(course), roles=TEACHES).get(page).status_code == 403


def test_an_instructor_cannot_open_a_file_by_its_address(visit: Visit, course: Context, at: datetime) -> None:
    file = history(consenting(course, at=at), course, [[0.3, 0.3, 0.3]], until=at)
    instructor = visit(make_instructor(course), roles=TEACHES)
    assert instructor.get("dashboards:student", file=file.public_id).status_code == 403


def test_an_instructors_page_needs_no_key_at_all(
    visit: Visit, course: Context, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = history(consenting(course, at=at), course, [[0.3, 0.3, 0.3]], until=at)
    instructor = visit(make_instructor(course), roles=TEACHES)
    counselor = visit(make_counselor(course, at=at))
    monkeypatch.delenv("ATTUNE_KEK")
    assert instructor.get("dashboards:class").status_code == 200
    assert counselor.get("dashboards:student", file=file.public_id).status_code == 500


def test_a_counselor_cannot_tell_a_file_that_is_not_shared_from_one_that_is_not_there(
    visit: Visit, course: Context, at: datetime
) -> None:
    private = consenting(course, purposes=[Purpose.CAMERA], at=at)
    file = history(private, course, [[0.3, 0.3, 0.3]], until=at)
    counselor = visit(make_counselor(course, at=at))
    hidden = counselor.get("dashboards:student", file=file.public_id)
    nowhere = uuid4()
    absent = counselor.get("dashboards:student", file=nowhere)
    assert hidden.status_code == absent.status_code == 404
    # A page names its own address, and carries a secret of its form.
    own = re.compile(rf'{file.public_id}|{nowhere}|(?<=name="csrfmiddlewaretoken" value=")\w+')
    assert own.sub("", hidden.content.decode()) == own.sub("", absent.content.decode())


def test_a_counselor_does_not_read_their_own_file(visit: Visit, course: Context, at: datetime) -> None:
    both = make_counselor(course, name="Both", at=at)
    consent.give_consent(student=both, context=course, purposes=tuple(Purpose), adult_confirmed=True, at=at)
    file = history(both, course, [[0.3, 0.3, 0.3]], until=at)
    visitor = visit(both)
    assert "Both" not in visitor.text("dashboards:caseload")
    assert visitor.get("dashboards:student", file=file.public_id).status_code == 404


def test_a_file_closes_to_counselors_when_sharing_ends(visit: Visit, course: Context, at: datetime) -> None:
    student = consenting(course, at=at)
    file = history(student, course, [[0.3, 0.3, 0.3]], until=at)
    counselor = visit(make_counselor(course, at=at))
    assert counselor.get("dashboards:student", file=file.public_id).status_code == 200
    consent.give_consent(
        student=student, context=course, purposes=(Purpose.CAMERA,), adult_confirmed=True, at=at
    )
    assert counselor.get("dashboards:student", file=file.public_id).status_code == 404


def test_another_browser_reaches_nothing(visit: Visit, course: Context, at: datetime) -> None:
    visitor = visit(consenting(course, at=at))
    visitor.client.cookies.clear()
    assert visitor.get("dashboards:mine").status_code == 403
