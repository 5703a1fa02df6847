"""The check-in: open to everybody, kind, and never wider seen than the page said."""

from datetime import datetime

import pytest
from django.http import HttpResponse
from pytest_django.fixtures import Settings

from lti_tool.consent import services as consent
from lti_tool.domain.checkins import Phq4, Shared
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.history import OpenedCheckIn
from lti_tool.records.models import CheckIn
from lti_tool.records.selectors import open_file_of
from tests import factories as make
from tests.unit.dashboards.conftest import TEACHES, Visit, Visitor, at, course, visit

__all__ = ["at", "course", "visit"]  # the same people and browsers as on the reading pages

FOUR = {"nervous": "2", "worrying": "1", "interest": "0", "down": "3"}


def send(visitor: Visitor, **values: str) -> HttpResponse:
    response: HttpResponse = visitor.client.post(visitor.url("wellbeing:check_in"), values)  # type: ignore[assignment]
    return response


def kept(student: PlatformUser, context: Context, at: datetime) -> list[OpenedCheckIn]:
    file = open_file_of(student, context)
    assert file is not None
    reader = str(student.pseudonym)
    return list(records.read_sessions(file=file, reader=reader, purpose="own_record", at=at).check_ins)


def thanks(visitor: Visitor, response: HttpResponse) -> str:
    assert response.status_code == 302
    return " ".join(visitor.client.get(response["Location"]).content.decode().split())


def test_who_declined_the_camera_can_check_in(visit: Visit, course: Context, at: datetime) -> None:
    student = make.make_student(course)
    consent.decline(student=student, context=course, at=at)
    visitor = visit(student)
    page = visitor.text("wellbeing:check_in")
    assert '<input class="tension__slider" type="range"' in page
    assert "Only you, unless you tick the box below. Never a teacher or a classmate." in page
    assert "180 days." in page
    assert "You said 6 of 10: somewhat tense." in thanks(visitor, send(visitor, stress="6"))
    (said,) = kept(student, course, at)
    assert (said.stress, said.phq4, said.shared) == (6, None, Shared.NOBODY)


def test_it_is_open_where_nothing_may_be_measured(visit: Visit, at: datetime) -> None:
    locked = make.make_context(activated=False)
    student = make.make_student(locked)
    visitor = visit(student, context=locked)
    response = send(visitor, stress="9", **FOUR)
    assert "That sounds like a lot to carry" in thanks(visitor, response)
    assert kept(student, locked, at)[0].phq4 == Phq4(2, 1, 0, 3)


def test_an_instructor_is_not_asked(visit: Visit, course: Context) -> None:
    teacher = visit(make.make_instructor(course), roles=TEACHES)
    assert teacher.get("wellbeing:check_in").status_code == 403
    assert send(teacher, stress="3").status_code == 403
    assert "Check in" not in teacher.text("wellbeing:calm")


def test_high_answers_bring_kind_words_the_contact_and_the_help_line_and_nothing_else(
    visit: Visit, course: Context, settings: Settings
) -> None:
    settings.HELP_LINE = "Call 0800 111 0 111, day and night."
    visitor = visit(make.make_student(course))
    page = thanks(visitor, send(visitor, stress="8", **FOUR))
    for words in (
        "Your four answers do not say what you have.",
        "counseling@university.example",
        "weekdays 9 to 17",
        "Call 0800 111 0 111",
        "Nobody was called or told because of this form.",
    ):
        assert words in page
    for word in ("anxiety", "depression", "severe", "moderate", "diagnos"):
        assert word not in page.lower()


def test_low_answers_bring_thanks_alone(visit: Visit, course: Context) -> None:
    visitor = visit(make.make_student(course))
    page = thanks(visitor, send(visitor, stress="8", **dict.fromkeys(FOUR, "0")))
    assert "That sounds like a lot" not in page
    assert "Go to the calm corner" in page


def test_some_of_the_four_is_asked_about_and_can_be_left_out(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make.make_student(course)
    visitor = visit(student)
    partly = {"stress": "7", "nervous": "2"}
    response = send(visitor, **partly)
    page = " ".join(response.content.decode().split())
    assert response.status_code == 400
    assert "Answer all four questions, or save only the number" in page
    assert 'value="7" list=' in page
    assert 'id="nervous-2" name="nervous" value="2" checked' in page
    assert not CheckIn.objects.exists()
    send(visitor, **partly, only_number="yes")
    assert kept(student, course, at)[0].phq4 is None


@pytest.mark.parametrize("stress", ["", "11", "-1", "4.5", "much", "٣x", "9" * 5000])
def test_what_is_no_number_of_the_scale_is_not_kept(visit: Visit, course: Context, stress: str) -> None:
    response = send(visit(make.make_student(course)), stress=stress)
    assert response.status_code == 400
    assert "Choose a number from 0 to 10" in response.content.decode()
    assert not CheckIn.objects.exists()


@pytest.mark.parametrize("answer", ["4", "-1", "x"])
def test_an_answer_that_there_is_not_is_not_kept(visit: Visit, course: Context, answer: str) -> None:
    response = send(visit(make.make_student(course)), stress="3", **FOUR | {"down": answer})
    assert response.status_code == 400
    assert not CheckIn.objects.exists()


def test_it_goes_with_a_shared_record_unless_it_is_kept_back(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make.consenting(course, at=at)
    visitor = visit(student)
    page = visitor.text("wellbeing:check_in")
    assert "You, and the counselors who may read your record." in page
    assert 'name="told" value="yes"' in page
    send(visitor, stress="3", told="yes")
    send(visitor, stress="4", told="yes", keep_back="yes")
    shared = [check_in.shared for check_in in kept(student, course, at)]
    assert shared == [Shared.WITH_RECORD, Shared.NOBODY]


def test_a_page_from_before_the_record_was_shared_shares_nothing(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make.consenting(course, purposes=[Purpose.CAMERA], at=at)
    visitor = visit(student)
    assert "Only you, unless you tick" in visitor.text("wellbeing:check_in")
    make.give_everything(student, course, at=at)
    send(visitor, stress="3")
    assert kept(student, course, at)[0].shared is Shared.NOBODY


def test_where_showing_begins_with_the_student_each_takes_a_tick_of_its_own(
    visit: Visit, at: datetime
) -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, jurisdiction="US-IL")
    illinois = make.make_context(deployment=deployment)
    student = make.consenting(illinois, purposes=[Purpose.CAMERA], at=at)
    consent.show_to_counselors(student=student, context=illinois, at=at)
    visitor = visit(student, context=illinois)
    assert "Let the counselors of my course see this check-in" in visitor.text("wellbeing:check_in")
    send(visitor, stress="3", told="yes")
    send(visitor, stress="4", show="yes")
    shared = [check_in.shared for check_in in kept(student, illinois, at)]
    assert shared == [Shared.NOBODY, Shared.BY_OWN_ACT]


def test_the_tick_lets_counselors_know_whose_it_is_until_it_is_taken_back(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make.make_student(course, name="")
    visitor = visit(student)
    student.launches.update(name="Bo Bright")
    send(visitor, stress="8", show="yes")
    counselor = visit(make.make_counselor(course, at=at))
    assert "Bo Bright" in counselor.text("dashboards:caseload")
    assert "shows check-ins only" in counselor.text("dashboards:caseload")
    file = open_file_of(student, course)
    assert file is not None
    page = counselor.text("dashboards:student", file=file.public_id)
    assert "They said 8 of 10" in page
    assert "Take this record out" not in page

    visitor.client.post(visitor.url("privacy:hide_check_ins"))
    assert "Bo Bright" not in counselor.text("dashboards:caseload")
    assert counselor.get("dashboards:student", file=file.public_id).status_code == 404
    student.refresh_from_db()
    assert (student.name, student.name_shared) == ("", False)
    assert "You said 8 of 10" in visitor.text("dashboards:mine")


def test_a_check_in_is_taken_back_on_its_own_page(visit: Visit, course: Context) -> None:
    student = make.make_student(course)
    visitor = visit(student)
    location = send(visitor, stress="8")["Location"]
    other = visit(make.make_student(course))
    assert other.client.get(location.replace(visitor.launch_id, other.launch_id)).status_code == 404
    answer = visitor.client.post(f"{location}delete/")
    assert answer["Location"] == visitor.url("dashboards:mine")
    assert not CheckIn.objects.exists()
    assert visitor.client.get(location).status_code == 404


def test_calm_corner_camera_and_record_lead_to_it(visit: Visit, course: Context, at: datetime) -> None:
    visitor = visit(make.consenting(course, at=at))
    for page in ("wellbeing:calm", "capture:page", "dashboards:mine"):
        assert f'href="{visitor.url("wellbeing:check_in")}"' in visitor.text(page)


def test_the_four_questions_are_those_published(visit: Visit, course: Context) -> None:
    page = visit(make.make_student(course)).text("wellbeing:check_in")
    for words in (
        "Over the last 2 weeks, how often have you been bothered by the following problems?",
        "Feeling nervous, anxious or on edge",
        "Not being able to stop or control worrying",
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
    ):
        assert words in page
    assert [page.count(f"<span>{answer}</span>") for answer in ("Not at all", "Several days")] == [4, 4]
    assert [page.count(f"<span>{a}</span>") for a in ("More than half the days", "Nearly every day")] == [
        4,
        4,
    ]
