"""Whoever sees every picture of a class, all term, learns next to nothing of one person in it.

Each attack is aimed at worlds it has not seen. Its advantage is how much better than a coin it guesses: 0 is
nothing, 1 is always right. The worlds are the same in every run. `make attack` lives through many more.
"""

import pytest

from tests.attack.publishing import (
    Publishing,
    activities_of_anybody,
    as_the_tool_does,
    for_anybody,
    live,
    without_blur,
)
from tests.attack.term import Habit, Question, Turnout
from tests.attack.trial import attack

WORLDS = 150
CHANCE = 0.12
"""Two standard deviations of an advantage, in so many worlds."""
TOOK_PART_IN_A_CLASS = 0.12
TENSE_IN_A_CLASS = 0.26
AT_THE_EDGE = 11 / 36
"""One edge in six lets one person be told from nobody, and the target shares two courses."""
TENSE_WITH_FEW = 0.4
"""Few others, two courses and a whole term of it: what an average of so few always says of each of them."""
OF_PRESENCE = (Question.TOOK_PART, Question.STAYED)
OF_TENSION = (Question.TENSE_ALL_TERM, Question.TENSE_ONE_WEEK)
FEW = (Turnout.LOW, Turnout.NOBODY, Turnout.SWEPT)


def advantage(
    question: Question, turnout: Turnout, publishing: Publishing, habit: Habit = Habit.SPREAD
) -> float:
    return attack(question, turnout, publishing, worlds=WORLDS, habit=habit)[0]


@pytest.mark.parametrize("question", OF_PRESENCE)
def test_in_a_class_next_to_nothing_tells_who_takes_part(question: Question) -> None:
    assert advantage(question, Turnout.ANY, as_the_tool_does) <= TOOK_PART_IN_A_CLASS + CHANCE


@pytest.mark.parametrize("question", OF_TENSION)
def test_in_a_class_little_tells_who_was_tense(question: Question) -> None:
    assert advantage(question, Turnout.ANY, as_the_tool_does) <= TENSE_IN_A_CLASS + CHANCE


@pytest.mark.parametrize("turnout", FEW)
@pytest.mark.parametrize("question", OF_PRESENCE)
def test_those_who_collude_seldom_learn_who_else_is_there(question: Question, turnout: Turnout) -> None:
    assert advantage(question, turnout, as_the_tool_does) <= AT_THE_EDGE + CHANCE


@pytest.mark.parametrize("turnout", FEW)
@pytest.mark.parametrize("question", OF_TENSION)
def test_those_who_collude_learn_little_of_how_another_is(question: Question, turnout: Turnout) -> None:
    assert advantage(question, turnout, as_the_tool_does) <= TENSE_WITH_FEW + CHANCE


@pytest.mark.parametrize("habit", [Habit.FEW, Habit.APART])
@pytest.mark.parametrize("question", OF_PRESENCE)
def test_the_activities_beside_the_week_tell_no_more_of_who_takes_part(
    question: Question, habit: Habit
) -> None:
    bound = TOOK_PART_IN_A_CLASS + CHANCE
    assert advantage(question, Turnout.ANY, as_the_tool_does, habit) <= bound


@pytest.mark.parametrize("habit", [Habit.FEW, Habit.APART])
@pytest.mark.parametrize("question", OF_TENSION)
def test_the_activities_beside_the_week_tell_no_more_of_who_was_tense(
    question: Question, habit: Habit
) -> None:
    assert advantage(question, Turnout.ANY, as_the_tool_does, habit) <= TENSE_IN_A_CLASS + CHANCE


def test_the_attack_succeeds_where_the_one_who_did_another_activity_is_shown() -> None:
    assert advantage(Question.TOOK_PART, Turnout.ANY, activities_of_anybody, Habit.APART) >= 0.8
    assert advantage(Question.TENSE_ALL_TERM, Turnout.ANY, activities_of_anybody, Habit.APART) >= 0.9
    assert advantage(Question.TENSE_ALL_TERM, Turnout.ANY, activities_of_anybody, Habit.FEW) >= 0.6


@pytest.mark.parametrize("question", OF_PRESENCE)
def test_the_attack_succeeds_where_the_edge_is_exact(question: Question) -> None:
    assert advantage(question, Turnout.NOBODY, without_blur) == 1


def test_the_attack_succeeds_where_a_week_is_computed_anew_when_somebody_leaves() -> None:
    assert advantage(Question.STAYED, Turnout.ANY, live) >= 0.6
    assert advantage(Question.STAYED, Turnout.LOW, live) >= 0.8


@pytest.mark.parametrize("question", list(Question))
def test_the_attack_succeeds_where_anybody_alone_is_shown(question: Question) -> None:
    assert advantage(question, Turnout.NOBODY, for_anybody) == 1
