"""What the calm corner offers: enough without breath work, gentle, and within the times it promises."""

from itertools import groupby

import pytest

from lti_tool.domain.exercises import PLANS, Cue, Exercise, Plan

each = pytest.mark.parametrize("plan", PLANS.values(), ids=[exercise.value for exercise in PLANS])


def cycle(exercise: Exercise) -> list[tuple[Cue, int]]:
    return [(step.cue, step.seconds) for step in PLANS[exercise].steps]


def test_every_exercise_has_one_plan() -> None:
    assert set(PLANS) == set(Exercise)
    assert all(plan.exercise is exercise for exercise, plan in PLANS.items())


def test_at_least_two_need_no_breath_work() -> None:
    assert sum(not plan.breath for plan in PLANS.values()) >= 2


def test_the_breaths_are_those_that_were_described() -> None:
    assert cycle(Exercise.SLOW) == [(Cue.IN, 4), (Cue.OUT, 6)]
    assert cycle(Exercise.BOX) == [(Cue.IN, 4), (Cue.HOLD, 4), (Cue.OUT, 4), (Cue.REST, 4)]
    (_, first), (_, second), (_, out) = cycle(Exercise.SIGHING)
    assert out > first + second
    assert first > second


def test_the_square_without_holds_holds_nothing() -> None:
    assert {cue for cue, _ in cycle(Exercise.EVEN)} == {Cue.IN, Cue.OUT}


def test_the_longest_are_as_long_as_they_should_be() -> None:
    for exercise in (Exercise.SLOW, Exercise.SIGHING, Exercise.BOX, Exercise.EVEN):
        assert max(PLANS[exercise].lengths) == 300
    assert 8 * 60 <= PLANS[Exercise.MUSCLES].seconds <= 12 * 60
    assert 2 * 60 <= PLANS[Exercise.GROUNDING].seconds <= 3 * 60
    assert (min(PLANS[Exercise.MICRO_BREAK].lengths), max(PLANS[Exercise.MICRO_BREAK].lengths)) == (20, 60)


@each
def test_what_is_done_once_can_be_done_whole(plan: Plan) -> None:
    assert plan.rounds or max(plan.lengths) == plan.seconds


@each
def test_no_step_is_so_short_that_its_words_are_not_heard(plan: Plan) -> None:
    assert all(step.seconds >= 2 for step in plan.steps)
    assert all(0 <= step.fullness <= 1 for step in plan.steps)


@each
def test_no_breath_is_held_longer_than_it_is_drawn(plan: Plan) -> None:
    drawn = max((step.seconds for step in plan.steps if step.cue is Cue.IN), default=0)
    assert all(step.seconds <= drawn for step in plan.steps if step.cue in {Cue.HOLD, Cue.REST})


def test_every_muscle_is_let_go_for_longer_than_it_is_tensed_and_can_be_skipped_alone() -> None:
    for _, group in groupby(PLANS[Exercise.MUSCLES].steps, key=lambda step: step.part):
        where, tense, let_go = group
        assert (tense.cue, let_go.cue) == (Cue.TENSE, Cue.LET_GO)
        assert let_go.seconds >= 3 * tense.seconds
        assert where.seconds >= 5, "time enough to press Skip"
