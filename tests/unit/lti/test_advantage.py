"""Answers of a platform's services, sorted into what to do about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.core.http import Answer
from lti_tool.lti.advantage.answers import LONGEST_WAIT_S, SHORTEST_WAIT_S, USUAL_WAIT_S, checked
from lti_tool.lti.advantage.errors import PlatformBusy


def _wait_after(header: str) -> int:
    with pytest.raises(PlatformBusy) as busy:
        checked(Answer(429, {"Retry-After": header}, b""))
    return busy.value.retry_after_s


@pytest.mark.parametrize(
    ("header", "wait"),
    [("0", SHORTEST_WAIT_S), ("7", 7), ("86400", LONGEST_WAIT_S), ("", USUAL_WAIT_S), ("soon", USUAL_WAIT_S)],
)
def test_a_platform_is_given_the_time_it_asks_for_within_reason(header: str, wait: int) -> None:
    assert _wait_after(header) == wait


@given(st.text() | st.integers(min_value=0).map(str))
def test_no_header_makes_us_hurry_or_wait_for_ever(header: str) -> None:
    assert SHORTEST_WAIT_S <= _wait_after(header) <= LONGEST_WAIT_S
