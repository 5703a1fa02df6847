"""The calm corner is open to everybody, and whole for those who declined."""

from datetime import datetime

from pytest_django.fixtures import Settings

from lti_tool.consent import services as consent
from lti_tool.lti.models import Context
from tests.factories import consenting, make_context, make_instructor, make_student
from tests.unit.dashboards.conftest import TEACHES, Visit, at, course, visit

__all__ = ["at", "course", "visit"]  # the same people and browsers as on the reading pages


def test_who_declined_finds_both_exercises_and_a_calm_word(
    visit: Visit, course: Context, at: datetime
) -> None:
    student = make_student(course)
    consent.decline(student=student, context=course, at=at)
    page = visit(student).text("wellbeing:calm")
    for part in (
        "Breathe slowly",
        "Five, four, three, two, one",
        "Your camera is off",
        "no camera is needed",
    ):
        assert part in page


def test_who_said_yes_is_not_told_that_the_camera_is_off(visit: Visit, course: Context, at: datetime) -> None:
    assert "Your camera is off" not in visit(consenting(course, at=at)).text("wellbeing:calm")


def test_an_instructor_may_breathe_too(visit: Visit, course: Context) -> None:
    page = visit(make_instructor(course), roles=TEACHES).text("wellbeing:calm")
    assert "Breathe slowly" in page
    assert "Your camera is off" not in page


def test_ten_dots_count_a_breath_of_ten_seconds(visit: Visit, course: Context) -> None:
    page = visit(make_student(course)).text("wellbeing:calm")
    assert (page.count("calm-beat--in"), page.count("calm-beat--out")) == (4, 6)


def test_it_is_open_where_nothing_may_be_measured(visit: Visit, at: datetime) -> None:
    locked = make_context(activated=False)
    assert "Breathe slowly" in visit(make_student(locked), context=locked).text("wellbeing:calm")


def test_the_foot_says_quietly_what_attune_is_not(visit: Visit, course: Context, settings: Settings) -> None:
    student = make_student(course)
    assert "not a crisis service" in visit(student).text("wellbeing:calm")
    settings.HELP_LINE = "Call 0800 111 0 111, day and night."
    assert "Call 0800 111 0 111, day and night." in visit(student).text("wellbeing:calm")
