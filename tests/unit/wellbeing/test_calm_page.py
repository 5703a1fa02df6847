"""The calm corner is open to everybody, and whole for those who declined."""

import json
from datetime import datetime
from html import escape

import pytest
from pytest_django.fixtures import Settings

from lti_tool.consent import services as consent
from lti_tool.domain.exercises import Exercise
from lti_tool.lti.models import Context
from lti_tool.wellbeing.described import described
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


def test_two_that_need_no_breath_work_are_among_the_first_three(visit: Visit, course: Context) -> None:
    page = visit(make_student(course)).text("wellbeing:calm")
    head, *first_three = page.split('<section class="card calm-card"')[:4]
    assert sum("No breath work" in card for card in first_three) == 2
    assert "dizzy or panicky" in head


def test_every_exercise_is_readable_without_a_script(visit: Visit, course: Context) -> None:
    read, played = visit(make_student(course)).text("wellbeing:calm").split('<script id="calm"')
    told = json.loads(played.split(">", 1)[1].split("</script>")[0])
    for key, plan in told["plans"].items():
        if key != Exercise.EVEN:  # the square says how to leave the holds out
            assert plan["title"] in read
            assert all(escape(step["caption"]) in read for step in plan["steps"]), key
    assert "Without holding the breath" in read
    assert "or a doctor told you not to, leave the holds out" in read
    assert "Skip any part that is hurt" in read


def test_the_page_holds_the_plans_as_the_player_wants_them(visit: Visit, course: Context) -> None:
    told = described()
    assert set(told["plans"]) == set(Exercise)
    assert json.loads(json.dumps(told)) == told
    assert {frozenset(step) for plan in told["plans"].values() for step in plan["steps"]} == {
        frozenset({"caption", "hint", "seconds", "fullness", "part", "count"})
    }


def test_sound_is_off_until_it_is_switched_on(visit: Visit, course: Context) -> None:
    page = visit(make_student(course)).text("wellbeing:calm")
    assert '<input type="checkbox" data-calm="sound">' in page


@pytest.mark.parametrize("word", ["treat", "cure", "diagnos", "therap", "detect", "stress"])
def test_nothing_is_promised(visit: Visit, course: Context, word: str) -> None:
    page = visit(make_student(course)).text("wellbeing:calm").split("<main")[1].split("</main>")[0]
    assert word not in page.lower()


def test_it_is_open_where_nothing_may_be_measured(visit: Visit, at: datetime) -> None:
    locked = make_context(activated=False)
    assert "Breathe slowly" in visit(make_student(locked), context=locked).text("wellbeing:calm")


def test_the_foot_says_quietly_what_attune_is_not(visit: Visit, course: Context, settings: Settings) -> None:
    student = make_student(course)
    assert "not a crisis service" in visit(student).text("wellbeing:calm")
    settings.HELP_LINE = "Call 0800 111 0 111, day and night."
    assert "Call 0800 111 0 111, day and night." in visit(student).text("wellbeing:calm")
