"""A person's usual is learned from finished sessions, a little more with each."""

from datetime import timedelta

import pytest

from lti_tool.domain.baseline import SESSIONS_KEPT, BaselineValues
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import services as records
from lti_tool.records.models import Baseline, StressRecord
from tests import factories as make
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


def test_it_is_made_from_session_medians(student: PlatformUser, context: Context) -> None:
    file = make.history(student, context, [[0.1, 0.25, 0.9], [0.5] * 3, [0.75, 0.75, None, 0.75]])
    assert records.refresh_baseline(file=file, at=NOW) == BaselineValues(0.5, 0.25, 3)


def test_glances_and_unclear_sessions_do_not_count(student: PlatformUser, context: Context) -> None:
    file = make.history(student, context, [[0.5] * 3, [0.5] * 3, [0.5, 0.5], [None] * 9])
    assert records.refresh_baseline(file=file, at=NOW) is None


def test_only_sessions_before_the_moment_count(student: PlatformUser, context: Context) -> None:
    file = make.history(student, context, [[0.25] * 3] * 4)
    Baseline.objects.all().delete()
    assert records.refresh_baseline(file=file, at=NOW - timedelta(days=2)) is None
    assert records.refresh_baseline(file=file, at=NOW - timedelta(days=1, hours=-1)) is not None


def test_learning_step_by_step_is_learning_at_once(student: PlatformUser, context: Context) -> None:
    sessions: list[list[float | None]] = [[number / 400] * 4 for number in range(SESSIONS_KEPT + 5)]
    step_by_step = records.refresh_baseline(file=make.history(student, context, sessions), at=NOW)
    newest = sorted(number / 400 for number in range(5, SESSIONS_KEPT + 5))

    assert step_by_step is not None
    assert step_by_step.sessions == SESSIONS_KEPT
    assert step_by_step.median == pytest.approx((newest[9] + newest[10]) / 2)


def test_a_crisis_neither_moves_the_usual_nor_pushes_the_calm_sessions_out(
    student: PlatformUser, context: Context
) -> None:
    calm: list[list[float | None]] = [[0.25] * 3] * 4
    file = make.history(student, context, [*calm, *[[0.75] * 3] * (SESSIONS_KEPT + 3)])
    assert records.refresh_baseline(file=file, at=NOW) == BaselineValues(0.25, 0.0, 4)


def test_a_session_that_went_on_is_counted_once_with_all_of_it(
    student: PlatformUser, context: Context
) -> None:
    file = make.history(student, context, [[0.25] * 3] * 3)
    records.refresh_baseline(file=file, at=NOW)
    last = StressRecord.objects.of(file).last()
    assert last is not None
    for number in range(5):
        at = NOW + timedelta(seconds=number)
        records.append_record(file=file, measured=make.measured(0.75), session_id=last.session_id, at=at)

    usual = records.refresh_baseline(file=file, at=NOW + timedelta(hours=1))
    assert usual == BaselineValues(0.25, 0.0, 3)
