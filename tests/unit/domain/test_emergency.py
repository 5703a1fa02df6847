"""When one file may be opened in an emergency."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lti_tool.domain.emergency import (
    LONGEST,
    EmergencyObstacle,
    Situation,
    Window,
    obstacle_in_order,
)
from lti_tool.domain.jurisdictions import Sharing
from tests.factories.times import NOW

GOOD = Situation(
    switched_on=True,
    file_open=True,
    own_file=False,
    counsels=True,
    teaches_here=False,
    sharing=Sharing.WITH_CONSENT,
    shared=False,
    told=True,
)


def test_a_file_that_was_not_shared_can_be_opened() -> None:
    assert GOOD.obstacle is None


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"switched_on": False}, EmergencyObstacle.SWITCHED_OFF),
        ({"file_open": False}, EmergencyObstacle.ERASED),
        ({"own_file": True}, EmergencyObstacle.OWN_FILE),
        ({"counsels": False}, EmergencyObstacle.NO_COUNSELOR),
        ({"teaches_here": True}, EmergencyObstacle.TEACHES_HERE),
        ({"sharing": Sharing.BY_OWN_ACT}, EmergencyObstacle.FORBIDDEN_HERE),
        ({"told": False}, EmergencyObstacle.NEVER_TOLD),
    ],
)
def test_each_bound_holds_alone(change: dict[str, object], obstacle: EmergencyObstacle) -> None:
    assert replace(GOOD, **change).obstacle is obstacle  # type: ignore[arg-type]


def test_where_only_the_student_brings_it_before_a_counselor_what_they_showed_may_be_opened() -> None:
    assert replace(GOOD, sharing=Sharing.BY_OWN_ACT, shared=True).obstacle is None


@pytest.mark.parametrize("reference", ["C-2026-118", "2026/11/30.7", "abc"])
def test_the_number_of_a_case_is_a_reference(reference: str) -> None:
    assert obstacle_in_order(lasts=LONGEST, reference=reference) is None


@pytest.mark.parametrize("reference", ["", "ab", "Ada Lovelace", "C-1\n", "-1-2-3", "x" * 41, "Zoë-118"])
def test_words_are_no_reference(reference: str) -> None:
    assert obstacle_in_order(lasts=LONGEST, reference=reference) is EmergencyObstacle.NO_REFERENCE


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(hours=-1), LONGEST + timedelta(seconds=1)])
def test_it_lasts_hours(lasts: timedelta) -> None:
    assert obstacle_in_order(lasts=lasts, reference="C-1") is EmergencyObstacle.TOO_LONG


def test_it_ends_by_itself_or_before() -> None:
    window = Window(NOW, NOW + LONGEST)
    assert [window.is_open(NOW + LONGEST * share) for share in (-0.1, 0, 0.9, 1)] == [
        False,
        True,
        True,
        False,
    ]
    ended = replace(window, ended=NOW + LONGEST / 2)
    assert [ended.is_open(NOW + LONGEST * share) for share in (0.4, 0.5)] == [True, False]
    late = replace(window, ended=NOW + LONGEST * 2)
    assert not late.is_open(NOW + LONGEST)
