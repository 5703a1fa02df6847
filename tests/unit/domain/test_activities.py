"""What an instructor may see of a week's activities, beside the week and beside each other."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.activities import (
    CONTRIBUTORS_OF_ACTIVITY,
    HIDDEN,
    ActivityShare,
    activity_shares,
    one_activity_each,
)
from lti_tool.domain.aggregation import SMALLEST_CELL, ClassBands, class_bands
from lti_tool.domain.blur import Blur, Blurs
from lti_tool.domain.stress import Level
from tests.attack.publishing import STILL

OPEN = ClassBands({Level.USUAL: 60, Level.RAISED: 30})
SECRET = b"only for this test, 32 bytes...."
Parts = Mapping[str, tuple[int, int]]
"""By activity: how many at or under their usual, and how many above."""


def shares(parts: Parts, *, outside: int, week: ClassBands = OPEN) -> dict[str, ActivityShare]:
    return _shares(parts, outside, week, dict.fromkeys(parts, STILL))


def _shares(
    parts: Parts, outside: int, week: ClassBands, blurs: Mapping[str, Blurs]
) -> dict[str, ActivityShare]:
    levels = {
        name: {f"{name}{n}": Level.USUAL if n < calm else Level.HIGH for n in range(calm + tense)}
        for name, (calm, tense) in parts.items()
    }
    contributors = sum(calm + tense for calm, tense in parts.values()) + outside
    return activity_shares(levels, week=week, contributors=contributors, blurs=blurs)


def test_an_activity_tells_one_share_in_tens() -> None:
    assert shares({"lab": (14, 16)}, outside=9) == {"lab": ActivityShare(suppressed=False, above=50)}


def test_a_few_above_their_usual_are_not_told_from_none() -> None:
    few = ActivityShare(suppressed=False, above=None)
    assert shares({"lab": (30, 0)}, outside=9) == shares({"lab": (28, 2)}, outside=9) == {"lab": few}


def test_an_activity_needs_more_people_than_a_week() -> None:
    assert shares({"lab": (19, 0)}, outside=20)["lab"] is HIDDEN
    assert not shares({"lab": (20, 0)}, outside=20)["lab"].suppressed


def test_an_activity_of_nearly_everybody_is_hidden_and_so_is_one_of_everybody() -> None:
    for outside in range(SMALLEST_CELL):
        assert shares({"lab": (20, 20)}, outside=outside)["lab"] is HIDDEN
    assert not shares({"lab": (20, 20)}, outside=SMALLEST_CELL)["lab"].suppressed


def test_the_week_less_all_of_its_activities_leaves_enough_people() -> None:
    found = shares({"lab": (20, 20), "reading": (10, 10), "quiz": (15, 15)}, outside=1)
    assert [name for name, share in found.items() if share.suppressed] == ["reading"]


def test_where_the_week_is_hidden_so_is_every_part_of_it() -> None:
    assert shares({"lab": (20, 20)}, outside=20, week=ClassBands({})) == {"lab": HIDDEN}


def test_an_activity_that_nobody_did_looks_like_one_that_a_few_did() -> None:
    found = shares({"lab": (0, 0), "reading": (7, 7)}, outside=40)
    assert found["lab"] == found["reading"] == HIDDEN


parts = st.dictionaries(
    st.sampled_from(["lab", "quiz", "essay"]), st.tuples(st.integers(0, 40), st.integers(0, 40))
)


@given(parts, st.integers(0, 30), st.text(min_size=1, max_size=3))
def test_whatever_the_blur_enough_people_are_in_each_and_outside_of_all_that_are_shown(
    groups: Parts, outside: int, course: str
) -> None:
    blurs = {name: Blur(SECRET, course, "2026-11-09", activity=name) for name in groups}
    found = _shares(groups, outside, OPEN, blurs)
    shown = [name for name, share in found.items() if not share.suppressed]
    sizes = {name: sum(groups[name]) for name in groups}
    assert all(sizes[name] >= CONTRIBUTORS_OF_ACTIVITY for name in shown)
    assert not shown or sum(sizes.values()) + outside - sum(sizes[name] for name in shown) >= SMALLEST_CELL
    for name in shown:
        assert found[name].above is None or groups[name][1] >= SMALLEST_CELL
        assert found[name].above in {None, *range(10, 100, 10)}


@given(parts, st.text(min_size=1, max_size=3))
def test_an_activity_is_never_shown_where_the_same_people_as_a_week_would_not_be(
    groups: Parts, course: str
) -> None:
    """The secret edge is the course's own: an activity is no second try at it."""
    blurs = {name: Blur(SECRET, course, "2026-11-09", activity=name) for name in groups}
    for name, share in _shares(groups, 30, OPEN, blurs).items():
        calm, tense = groups[name]
        levels = {str(n): Level.USUAL if n < calm else Level.RAISED for n in range(calm + tense)}
        of_week = class_bands(levels, CONTRIBUTORS_OF_ACTIVITY, blur=blurs[name])
        assert share.suppressed or not of_week.suppressed
        assert blurs[name].more_needed() == Blur(SECRET, course, "2026-11-16").more_needed()


def test_each_person_counts_for_the_one_activity_in_which_most_could_be_told() -> None:
    usual, high = Level.USUAL, Level.HIGH
    observed = {
        "ada": {"lab": [high] * 4, "quiz": [usual] * 3},
        "bob": {"lab": [usual] * 3, "quiz": [usual] * 3},
        "eve": {"lab": [Level.UNKNOWN] * 9 + [high] * 2},
        "max": {},
    }
    assert one_activity_each(observed) == {"lab": {"ada": high, "bob": usual}}


def test_neither_many_activities_nor_one_less_the_other_takes_the_steady_blur_away() -> None:
    """What stays is the same for all activities of a course, and another one than the week's."""
    courses = [str(number) for number in range(300)]
    same = 0
    for course in courses:
        middles = []
        for activity in ("", "lab", "quiz"):
            shifts = [Blur(SECRET, course, str(w), activity).shift(Level.RAISED) for w in range(60)]
            middles.append(round(sum(shifts) / len(shifts)))
        assert middles[1] == middles[2]
        same += middles[0] == middles[1]
    assert same < len(courses) / 2
