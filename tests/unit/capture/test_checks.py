"""A setting cannot break the promise that pictures wait five minutes at most."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings


@pytest.mark.parametrize(("seconds", "found"), [(0, 1), (1, 0), (300, 0), (301, 1), (86_400, 1)])
def test_only_up_to_five_minutes_pass(seconds: int, found: int) -> None:
    with override_settings(SPOOL_MAX_SECONDS=seconds):
        ids = [message.id for message in run_checks()]
    assert ids.count("capture.E001") == found
