"""The invented past is plausible, repeatable and labelled."""

from datetime import date
from random import Random

import pytest

from lti_tool.demo.course import classmates
from lti_tool.demo.patterns import GENERATED, READING_WEEK, WEEKS, Session, Story, sessions
from lti_tool.demo.seeding import SEED
from lti_tool.domain.consent import Purpose

TODAY = date(2026, 11, 22)
FIRST_MONDAY = date(2026, 8, 24)


def lived(story: Story, seed: str = "somebody") -> list[Session]:
    return list(sessions(story, Random(seed), until=TODAY))  # noqa: S311


@pytest.mark.parametrize("story", Story)
def test_nothing_lies_in_the_future_and_everything_says_that_it_was_generated(story: Story) -> None:
    for session in lived(story):
        for moment, measured in session.measured:
            assert moment.date() < TODAY
            assert measured.model_version == GENERATED
            assert measured.score is None or measured.low <= measured.score <= measured.high  # type: ignore[operator]


def test_the_same_seed_tells_the_same_story() -> None:
    assert lived(Story.GAPS, "a") == lived(Story.GAPS, "a")


def test_whoever_is_raised_lately_ends_above_their_beginning() -> None:
    told = [m.score for s in lived(Story.RAISED_LATELY) for _, m in s.measured if m.score is not None]
    assert min(told[-4:]) > max(told[:8])


def test_in_the_reading_week_fewer_than_ten_of_the_class_take_part() -> None:
    present = 0
    for part in classmates():
        past = lived(part.story, f"{SEED}|{part.sub}")
        weeks = {(session.started_at.date() - FIRST_MONDAY).days // 7 for session in past}
        present += READING_WEEK in weeks
    assert 0 < present < 10


def test_enough_classmates_are_counted_for_a_picture_of_the_class_and_some_said_not_now() -> None:
    parts = list(classmates())
    assert sum(Purpose.CLASS in part.purposes for part in parts) >= 12
    assert any(not part.purposes for part in parts)
    assert WEEKS >= 12
