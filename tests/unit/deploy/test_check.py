"""What the unattended check makes of what it saw."""

import pytest

from deploy.demo.check import LONGEST_WAIT_S, CheckFailed, _judge_waits, _percentiles


def test_results_within_the_bound_pass() -> None:
    _judge_waits(_percentiles([0.8, 0.9, LONGEST_WAIT_S]))


def test_a_slow_tail_fails_the_check_though_the_middle_is_quick() -> None:
    with pytest.raises(CheckFailed, match="95 of 100"):
        _judge_waits(_percentiles([0.8, 0.8, 0.8, 0.8, 4.0]))
