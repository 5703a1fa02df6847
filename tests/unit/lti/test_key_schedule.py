"""Which key signs when, for any history of rotations: no platform ever lacks the key of what it holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.protocol.key_schedule import (
    AFTER,
    AHEAD,
    CACHED,
    is_over,
    published,
    signing,
    successor_signs_at,
)
from tests.factories.times import NOW


@dataclass
class Key:
    created_at: datetime
    retired_at: datetime | None = None


def _history(gaps: list[timedelta]) -> list[Key]:
    """A first key, and a rotation after each gap."""
    keys, at = [Key(NOW)], NOW
    for gap in gaps:
        at += gap
        for key in keys:
            key.retired_at = key.retired_at or successor_signs_at(at)
        keys.append(Key(at))
    return keys


SPANS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4))
HISTORIES = st.lists(SPANS.filter(bool), max_size=6).map(_history)
MOMENTS = st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=30)).map(lambda span: NOW + span)


@given(keys=HISTORIES, at=MOMENTS)
def test_there_is_always_a_key_that_signs_and_it_is_published(keys: list[Key], at: datetime) -> None:
    signer = signing(keys, at)

    assert signer is not None
    assert signer in published(keys, at)


@given(keys=HISTORIES, at=MOMENTS, copied=st.timedeltas(timedelta(0), CACHED))
def test_an_older_copy_of_the_key_set_holds_the_key_that_signs(
    keys: list[Key], at: datetime, copied: timedelta
) -> None:
    earlier = max(NOW, at - copied)

    assert signing(keys, at) in published(keys, earlier)


@given(keys=HISTORIES, at=MOMENTS, delivered=st.timedeltas(timedelta(0), AFTER - timedelta(seconds=1)))
def test_what_was_signed_is_known_for_the_time_after(
    keys: list[Key], at: datetime, delivered: timedelta
) -> None:
    assert signing(keys, at) in published(keys, at + delivered)


@given(keys=HISTORIES, at=MOMENTS)
def test_a_key_signs_only_after_it_was_published_unless_it_is_the_first(
    keys: list[Key], at: datetime
) -> None:
    signer = signing(keys, at)

    assert signer is keys[0] or (signer is not None and signer.created_at + AHEAD <= at)


@given(keys=HISTORIES, at=MOMENTS)
def test_signing_never_goes_back_to_an_older_key(keys: list[Key], at: datetime) -> None:
    now, later = signing(keys, at), signing(keys, at + timedelta(hours=5))

    assert now is not None
    assert later is not None
    assert now.created_at <= later.created_at


@given(keys=HISTORIES)
def test_in_the_end_one_key_is_left(keys: list[Key]) -> None:
    end = max(key.created_at for key in keys) + AHEAD + AFTER

    assert published(keys, end) == [keys[-1]]
    assert all(is_over(key, end) for key in keys[:-1])


def test_no_copy_may_be_older_than_a_key_waits() -> None:
    assert min(AHEAD, AFTER) >= 2 * CACHED


def test_without_a_key_nothing_signs() -> None:
    assert signing([], NOW) is None
    assert signing([Key(NOW, retired_at=NOW)], NOW) is None
