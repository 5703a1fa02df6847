"""Shares with their intervals, and predictive values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.predictive import expected, wilson

shares = st.floats(0, 1)


@given(st.integers(0, 500), st.integers(0, 500))
def test_an_interval_holds_its_share_and_stays_between_none_and_all(hits: int, others: int) -> None:
    found = wilson(hits, hits + others)
    if found is None:
        assert hits + others == 0
    else:
        assert 0 <= found.low <= found.value <= found.high <= 1
        assert found.low < found.high


@given(st.integers(1, 100))
def test_more_of_the_same_make_the_interval_narrower(n: int) -> None:
    few, many = wilson(n, 2 * n), wilson(10 * n, 20 * n)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low


def test_more_hits_than_tries_are_refused() -> None:
    with pytest.raises(ValueError, match="more hits"):
        wilson(2, 1)


def test_at_ten_percent_three_of_four_alerts_are_false() -> None:
    found = expected(sensitivity=0.75, specificity=0.75, prevalence=0.1)
    assert found.predictive_value == pytest.approx(0.25)
    assert found.alerts == pytest.approx(0.3)
    assert found.missed == pytest.approx(0.025)


def test_where_nothing_is_alerted_there_is_no_predictive_value() -> None:
    assert expected(sensitivity=0, specificity=1, prevalence=0.5).predictive_value is None


@given(shares, shares, shares)
def test_everybody_is_somewhere(sensitivity: float, specificity: float, prevalence: float) -> None:
    found = expected(sensitivity=sensitivity, specificity=specificity, prevalence=prevalence)
    assert found.true_alerts + found.missed == pytest.approx(prevalence)
    assert 0 <= found.false_alerts <= 1 - prevalence


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_is_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected(sensitivity=wrong, specificity=0.5, prevalence=0.5)
