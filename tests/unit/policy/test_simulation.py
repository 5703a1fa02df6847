"""Invented students under the real rules: the invention is as it is said to be, and the counting is right."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lti_tool.domain.alerting import DEFAULT
from lti_tool.domain.baseline import LEARNING
from lti_tool.policy.simulation.cohort import simulate
from lti_tool.policy.simulation.people import DAYS, EPISODE_SHARE, INVISIBLE_SHARE, WEEKS, Episode, Person
from lti_tool.policy.simulation.policies import CANDIDATES, Candidate
from lti_tool.policy.simulation.run import GRACE, Student, Term, evenings, live_through
from lti_tool.policy.simulation.tally import figures_of
from lti_tool.policy.simulation.weeks import LEAST_SPREAD, TERM_BEGINS, Measured

SEED = 5
STUDENTS = tuple(Student.draw(SEED, number) for number in range(400))
ONE = (Candidate("default", DEFAULT),)
EPISODE = Episode(start=30, days=21, size=4.0, visible=True)


def test_the_same_seed_makes_the_same_students_and_another_others() -> None:
    assert Student.draw(SEED, 3) == STUDENTS[3]
    assert Student.draw(SEED + 1, 3) != STUDENTS[3]
    assert simulate(students=8, seed=2, candidates=ONE) == simulate(students=8, seed=2, candidates=ONE)


def test_spells_are_as_frequent_and_as_invisible_as_is_said() -> None:
    spells = [student.episode for student in STUDENTS if student.episode]
    assert len(spells) / len(STUDENTS) == pytest.approx(EPISODE_SHARE, abs=0.06)
    unseen = [spell for spell in spells if not spell.visible]
    assert len(unseen) / len(spells) == pytest.approx(INVISIBLE_SHARE, abs=0.15)
    assert all(spell.size == 0 for spell in unseen)


def test_sessions_come_in_order_within_the_term_and_hold_their_score() -> None:
    for student in STUDENTS:
        begun = [session.started_at for session in student.sessions]
        assert begun == sorted(begun)
        assert all(0 <= (moment - TERM_BEGINS).days < DAYS for moment in begun)
        for session in student.sessions:
            if session.score is None:
                assert (session.low, session.high) == (None, None)
            else:
                assert session.low is not None
                assert session.high is not None
                assert 0 <= session.low <= session.score <= session.high <= 1


def test_intervals_are_as_wide_as_those_of_the_measuring_library() -> None:
    """A face that holds still: .04 to .12, by the number of frames (docs/model/score.md)."""
    reach = sorted(s.high - s.low for who in STUDENTS for s in who.sessions if s.high and s.low)
    assert reach[0] == pytest.approx(2 * 2.365 * LEAST_SPREAD / 8**0.5, rel=0.01)
    assert 0.04 < reach[len(reach) // 2] < 0.12


def test_bad_light_leaves_sessions_without_a_score() -> None:
    dropped = [sum(s.score is None for s in who.sessions) / max(1, len(who.sessions)) for who in STUDENTS]
    assert max(dropped) > 0.3
    assert sum(dropped) / len(dropped) == pytest.approx(0.13, abs=0.04)


def test_a_spell_raises_the_scores_of_its_days() -> None:
    assert [EPISODE.strength(day) for day in (29, 30, 32, 50, 51)] == [0, pytest.approx(1 / 3), 1, 1, 0]


def _alike(student: Student, episode: Episode | None) -> Student:
    """Very tense or very even: the same sessions, with the score that such a day would give."""
    sessions = tuple(
        Measured(s.started_at, score, score - 0.03, score + 0.03)
        for s in student.sessions
        for score in (0.3 + (0.2 * episode.strength((s.started_at - TERM_BEGINS).days) if episode else 0),)
    )
    return replace(student, person=replace(student.person, episode=episode), sessions=sessions)


OFTEN = next(student for student in STUDENTS if len(student.sessions) > 45)


def test_a_clear_spell_is_found_once_and_an_even_term_never() -> None:
    policy = replace(DEFAULT, ask_first=False)
    for episode in (EPISODE, None):
        student = _alike(OFTEN, episode)
        term = live_through(student, list(evenings(student, LEARNING, policy.reach)), policy, SEED)
        if episode is None:
            assert term.alerts == []
        else:
            assert len(term.alerts) == 1
            assert episode.start + policy.over.days <= term.alerts[0] < episode.end + GRACE


def test_the_evening_knows_nothing_of_the_days_to_come() -> None:
    for evening, sessions in evenings(OFTEN, LEARNING, DEFAULT.reach):
        assert all(evening - DEFAULT.reach < session.ended_at <= evening for session in sessions)


def test_no_alert_is_raised_on_a_day_that_is_said_to_be_impossible() -> None:
    for student in STUDENTS[:60]:
        term = live_through(student, list(evenings(student, LEARNING, DEFAULT.reach)), DEFAULT, SEED)
        assert not set(term.alerts) & term.busy


def _measured_every_week(person: Person) -> Student:
    sessions = tuple(
        Measured(TERM_BEGINS + timedelta(days=7 * n, hours=9), 0.3, 0.2, 0.4) for n in range(WEEKS)
    )
    return Student(0, person, sessions)


def test_counting_follows_its_definitions() -> None:
    """One spell from day 30 to 50, with its grace until 57: weeks 4 to 8 are not ordinary."""
    tense = _measured_every_week(replace(OFTEN.person, episode=EPISODE))
    calm = _measured_every_week(replace(OFTEN.person, episode=None))
    figures = figures_of(
        [
            (tense, Term(alerts=[40, 70])),  # found on its 11th day; a false one after it
            (tense, Term()),  # missed
            (calm, Term(alerts=[3], busy={14, 15})),  # false, and one week in which none was possible
        ]
    )
    assert figures.sensitivity is not None
    assert (figures.sensitivity.value, figures.sensitivity.n) == (0.5, 2)
    assert figures.sensitivity_long_visible == figures.sensitivity
    assert figures.predictive_value is not None
    assert figures.predictive_value.value == pytest.approx(1 / 3)
    ordinary = 2 * (WEEKS - 5) + WEEKS - 1
    assert figures.specificity is not None
    assert figures.specificity.value == pytest.approx((ordinary - 2) / ordinary)
    assert figures.specificity.n == ordinary
    assert (figures.median_days, figures.p90_days) == (11, 11)
    assert figures.alerts_per_counselor_week == pytest.approx(3 / 3 / WEEKS * 80)


def test_every_candidate_has_a_name_of_its_own_and_the_first_is_the_default() -> None:
    assert len({candidate.name for candidate in CANDIDATES}) == len(CANDIDATES) >= 7
    assert CANDIDATES[0] == Candidate("default", DEFAULT, LEARNING)
    assert len({repr((c.policy, c.learning)) for c in CANDIDATES}) == len(CANDIDATES)
