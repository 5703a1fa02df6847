"""Small-cell rules: what an instructor may see of a class."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.aggregation import (
    CALM_TO_TENSE,
    CONTRIBUTORS_NEEDED,
    SMALLEST_CELL,
    ClassBands,
    class_bands,
    level_of_week,
)
from lti_tool.domain.blur import REACH, Blur, Blurs
from lti_tool.domain.stress import Level
from tests.attack.publishing import STILL


def bands_of(levels: list[Level], k: int = CONTRIBUTORS_NEEDED, *, blur: Blurs = STILL) -> ClassBands:
    return class_bands({str(number): level for number, level in enumerate(levels)}, k, blur=blur)


def class_of(*, lower: int = 0, usual: int = 0, raised: int = 0, high: int = 0) -> list[Level]:
    return [
        level
        for level, count in zip(CALM_TO_TENSE, (lower, usual, raised, high), strict=True)
        for _ in range(count)
    ]


sizes = st.integers(0, 12) | st.integers(0, 60)
classes = st.builds(class_of, lower=sizes, usual=sizes, raised=sizes, high=sizes)
blurs = st.builds(Blur, st.binary(min_size=32, max_size=32), course=st.just("1"), week=st.just("2026-11-09"))


def test_large_bands_are_shown_as_tens() -> None:
    shown = bands_of(class_of(lower=8, usual=32, raised=16, high=8))
    assert shown.shares == {Level.LOWER: 10, Level.USUAL: 50, Level.RAISED: 20, Level.HIGH: 10}


def test_nothing_is_shown_under_ten_contributors() -> None:
    assert bands_of(class_of(usual=9)).suppressed
    assert not bands_of(class_of(usual=10)).suppressed


def test_students_without_a_level_do_not_count() -> None:
    assert bands_of(class_of(usual=5, raised=4) + [Level.UNKNOWN] * 30).suppressed


def test_one_tense_person_cannot_be_seen() -> None:
    with_one = bands_of(class_of(usual=20, high=1))
    without = bands_of(class_of(usual=21))
    assert with_one == without == ClassBands({Level.USUAL: 90})


def test_a_small_band_takes_a_larger_one_with_it() -> None:
    shown = bands_of(class_of(usual=12, raised=8, high=4)).shares
    assert shown == {Level.USUAL: 50}


def test_a_class_that_is_all_tense_is_not_shown_as_such() -> None:
    assert bands_of(class_of(high=30)).suppressed
    assert bands_of(class_of(usual=1, high=30)).suppressed


@pytest.mark.parametrize("k", [0, 1, 4])
def test_nobody_can_ask_for_less_than_the_floor(k: int) -> None:
    with pytest.raises(ValueError, match="at least 5"):
        bands_of(class_of(usual=50), k)


@given(classes, blurs)
def test_whatever_the_blur_a_picture_rests_on_ten_people_or_more(levels: list[Level], blur: Blur) -> None:
    assert len(levels) >= CONTRIBUTORS_NEEDED or bands_of(levels, blur=blur).suppressed


@given(classes, blurs)
def test_no_shown_band_holds_fewer_people_than_the_smallest_cell(levels: list[Level], blur: Blur) -> None:
    counts = Counter(levels)
    assert all(counts[level] >= SMALLEST_CELL for level in bands_of(levels, blur=blur).shares)


@given(classes, blurs)
def test_a_shown_tense_band_leaves_enough_people_outside_it(levels: list[Level], blur: Blur) -> None:
    """Otherwise a band would say of nearly everybody in the class that they are tense."""
    for level in set(bands_of(levels, blur=blur).shares) - {Level.USUAL}:
        assert len(levels) - levels.count(level) >= SMALLEST_CELL


@given(classes)
def test_hidden_bands_together_are_enough_people_or_no_more_than_the_blur(levels: list[Level]) -> None:
    shares = bands_of(levels).shares
    hidden = [level for level in levels if level not in shares]
    if set(shares) - {Level.USUAL}:
        assert len(hidden) <= REACH or len(hidden) >= SMALLEST_CELL


@given(classes, blurs)
def test_only_rounded_shares_are_shown_never_a_number_of_people(levels: list[Level], blur: Blur) -> None:
    assert all(share in range(10, 100, 10) for share in bands_of(levels, blur=blur).shares.values())


@given(classes, st.integers(1, 30), blurs)
def test_refusers_leave_no_trace(levels: list[Level], refusers: int, blur: Blur) -> None:
    """A student who did not say yes, or could not be told, changes nothing that is shown."""
    assert bands_of(levels, blur=blur) == bands_of(levels + [Level.UNKNOWN] * refusers, blur=blur)


@pytest.mark.parametrize(
    ("levels", "week"),
    [
        (class_of(usual=2), Level.UNKNOWN),
        (class_of(usual=2) + [Level.UNKNOWN] * 9, Level.UNKNOWN),
        (class_of(usual=3), Level.USUAL),
        (class_of(usual=7, raised=2), Level.USUAL),
        (class_of(usual=6, raised=3), Level.RAISED),
        (class_of(usual=4, raised=1, high=4), Level.HIGH),
        (class_of(lower=6, usual=3), Level.USUAL),
        (class_of(lower=7, usual=2), Level.LOWER),
    ],
)
def test_a_week_is_the_highest_band_that_held_for_a_third_of_it(levels: list[Level], week: Level) -> None:
    assert level_of_week(levels) is week


@given(st.lists(st.sampled_from(Level), min_size=3))
def test_the_order_of_a_week_does_not_matter(levels: list[Level]) -> None:
    assert level_of_week(levels) is level_of_week(sorted(levels))
