"""How long each kind of data lives."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.retention import CHOSEN, LIFETIMES, Kind, over_since

NOW = datetime(2026, 11, 18, tzinfo=UTC)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_ends_exactly_at_its_lifetime(kind: Kind) -> None:
    assert over_since(kind, at=NOW) + LIFETIMES[kind] == NOW


def test_frames_live_minutes_and_records_a_term() -> None:
    assert LIFETIMES[Kind.FRAMES_IN_SPOOL] <= timedelta(minutes=5)
    assert LIFETIMES[Kind.STRESS_RECORD] <= timedelta(days=180)


@given(days=st.integers(0, 1000))
@pytest.mark.parametrize("kind", CHOSEN)
def test_a_choice_shortens_a_lifetime_and_never_lengthens_it(kind: Kind, days: int) -> None:
    kept = NOW - over_since(kind, at=NOW, days=days)
    assert kept == min(timedelta(days=days), LIFETIMES[kind])
