"""Levels against a person's own usual."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import DEFAULT, Doubt, Level, MeasuredStress, doubt_about, level_of

USUAL = BaselineValues(median=0.4, mad=0.1 / 1.4826, sessions=5)  # one spread is 0.1
scores = st.floats(0, 1, allow_nan=False)
levels = st.sampled_from(Level)


def level_at(z: float, previous: Level = Level.UNKNOWN) -> Level:
    score = USUAL.score_at(z)
    return level_of(score, score - 0.05, score + 0.05, USUAL, previous)


@pytest.mark.parametrize(
    ("z", "level"),
    [
        (-3.0, Level.LOWER),
        (-1.6, Level.LOWER),
        (-1.4, Level.USUAL),
        (0.0, Level.USUAL),
        (1.4, Level.USUAL),
        (1.6, Level.RAISED),
        (2.9, Level.RAISED),
        (3.1, Level.HIGH),
    ],
)
def test_bands_begin_where_they_are_said_to(z: float, level: Level) -> None:
    assert level_at(z) is level


@pytest.mark.parametrize(
    ("z", "previous", "level"),
    [
        (1.1, Level.RAISED, Level.RAISED),
        (0.9, Level.RAISED, Level.USUAL),
        (1.1, Level.USUAL, Level.USUAL),
        (2.6, Level.HIGH, Level.HIGH),
        (2.4, Level.HIGH, Level.RAISED),
        (1.1, Level.HIGH, Level.RAISED),
        (-1.1, Level.LOWER, Level.LOWER),
        (-0.9, Level.LOWER, Level.USUAL),
        (-1.1, Level.RAISED, Level.USUAL),
    ],
)
def test_a_level_is_left_later_than_it_is_entered(z: float, previous: Level, level: Level) -> None:
    assert level_at(z, previous) is level


@given(st.floats(-8, 8), levels)
def test_a_level_stays_when_nothing_changes(z: float, previous: Level) -> None:
    once = level_at(z, previous)
    assert level_at(z, once) is once


@given(st.floats(-8, 8), st.floats(-8, 8), levels)
def test_more_tension_is_never_a_calmer_level(one: float, other: float, previous: Level) -> None:
    order = (Level.LOWER, Level.USUAL, Level.RAISED, Level.HIGH)
    low, high = sorted([one, other])
    assert order.index(level_at(low, previous)) <= order.index(level_at(high, previous))


@given(st.lists(st.floats(1.05, 1.45), max_size=20))
def test_noise_inside_the_slack_never_flickers(noise: list[float]) -> None:
    level = Level.USUAL
    for z in noise:
        level = level_at(z, level)
        assert level is Level.USUAL


@given(score=scores, baseline=st.sampled_from([None, USUAL]), previous=levels)
def test_without_an_interval_there_is_no_level(
    score: float, baseline: BaselineValues | None, previous: Level
) -> None:
    assert level_of(score, None, None, baseline, previous) is Level.UNKNOWN
    assert level_of(None, None, None, baseline, previous) is Level.UNKNOWN


@given(low=scores, high=scores, baseline=st.sampled_from([None, USUAL]), previous=levels)
def test_there_is_a_level_exactly_when_there_is_no_doubt(
    low: float, high: float, baseline: BaselineValues | None, previous: Level
) -> None:
    low, high = sorted([low, high])
    interval = ((low + high) / 2, low, high)
    doubt = doubt_about(*interval, baseline)
    assert (level_of(*interval, baseline, previous) is Level.UNKNOWN) == (doubt is not None)


def test_each_doubt_has_its_reason() -> None:
    assert doubt_about(None, None, None, USUAL) is Doubt.NO_SCORE
    assert doubt_about(0.5, 0.5 - DEFAULT.widest, 0.6, USUAL) is Doubt.TOO_WIDE
    assert doubt_about(0.5, 0.45, 0.55, None) is Doubt.CALIBRATING
    assert doubt_about(0.5, 0.45, 0.55, USUAL) is None


@pytest.mark.parametrize("said", [*Level, *Doubt])
def test_everything_has_words_that_neither_diagnose_nor_count(said: Level | Doubt) -> None:
    assert said.words
    assert not {"stress", "detected", "%", "disorder"} & set(said.words.replace("%", " % ").split())


measurements = st.builds(
    MeasuredStress,
    score=st.none() | scores,
    low=st.none() | scores,
    high=st.none() | scores,
    frames=st.integers(0, 32),
    valid_frames=st.integers(0, 32),
    coverage=scores,
    reasons=st.dictionaries(st.sampled_from(["no_face", "too_dark"]), st.integers(1, 32)),
    model_version=st.text(max_size=20),
    score_version=st.text(max_size=20),
)


@given(measurements)
def test_a_measurement_survives_being_written_down(measured: MeasuredStress) -> None:
    written = json.loads(json.dumps(measured.to_json()))
    assert MeasuredStress.from_json(written | {"level": "usual"}) == replace(measured)
