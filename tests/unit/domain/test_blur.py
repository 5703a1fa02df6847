"""The secret numbers between what is counted and what is shown."""

from collections import Counter

import pytest

from lti_tool.domain.blur import LEFT_OUT, MORE_NEEDED, REACH, Blur
from lti_tool.domain.stress import Level

SECRET = b"only for this test, 32 bytes...."
COURSES = [str(number) for number in range(3000)]


def blur(course: str = "1", week: str = "2026-11-09", secret: bytes = SECRET) -> Blur:
    return Blur(secret, course, week)


def test_the_same_question_has_the_same_answer() -> None:
    """A week that is published again, from a backup say, is the same week: nothing comes of asking twice."""
    assert [blur().shift(level) for level in Level] == [blur().shift(level) for level in Level]
    assert (blur().more_needed(), blur().left_out()) == (blur().more_needed(), blur().left_out())


def test_the_edge_of_a_course_stays_where_it_is_all_term() -> None:
    weeks = [blur(week=str(number)) for number in range(40)]
    assert len({week.more_needed() for week in weeks}) == 1
    assert {week.left_out() for week in weeks} == set(LEFT_OUT)


def test_a_band_is_shifted_by_a_part_that_stays_and_a_part_that_does_not() -> None:
    shifts = [[blur(course, str(week)).shift(Level.HIGH) for week in range(60)] for course in COURSES[:200]]
    middles = Counter(round(sum(course) / len(course)) for course in shifts)
    assert set(middles) == {-1, 0, 1}
    assert all(
        {min(course), max(course)} == {middle - 1, middle + 1}
        for course in shifts
        for middle in [round(sum(course) / len(course))]
    )


def test_every_edge_is_as_likely_as_every_other() -> None:
    edges = Counter(blur(course).more_needed() for course in COURSES)
    assert set(edges) == set(MORE_NEEDED)
    assert all(400 < count < 600 for count in edges.values())


def test_no_band_is_shifted_further_than_the_promises_allow_for() -> None:
    shifts = {blur(course).shift(level) for course in COURSES for level in Level}
    assert shifts == set(range(-REACH, REACH + 1))


def test_without_the_secret_nothing_follows_from_course_and_week() -> None:
    other = b"another one, of the same length."
    assert [blur(c).more_needed() for c in COURSES] != [blur(c, secret=other).more_needed() for c in COURSES]


def test_the_secret_does_not_print() -> None:
    assert "only for this test" not in repr(blur())


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.UNKNOWN])
def test_one_band_says_nothing_of_another(level: Level) -> None:
    same = sum(blur(course).shift(level) == blur(course).shift(Level.UNKNOWN) for course in COURSES)
    assert same < len(COURSES) / 2
