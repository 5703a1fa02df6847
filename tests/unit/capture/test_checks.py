"""Settings cannot keep pictures for longer than was promised, nor let a worker start that cannot measure."""

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from inference import Runtime
from lti_tool.capture.checks import RUNTIMES
from lti_tool.capture.limits import BATCH_SNIPPETS_MAX
from lti_tool.capture.tasks import refuse_to_start_unfit


@pytest.mark.parametrize(("seconds", "found"), [(0, 1), (1, 0), (300, 0), (301, 1), (86_400, 1)])
def test_only_up_to_five_minutes_pass(seconds: int, found: int) -> None:
    with override_settings(SPOOL_MAX_SECONDS=seconds):
        ids = [message.id for message in run_checks()]
    assert ids.count("capture.E001") == found


def test_the_runtimes_that_pass_are_those_that_inference_has() -> None:
    assert set(RUNTIMES) == set(Runtime)


@pytest.mark.parametrize(("word", "found"), [("litert", 0), ("keras", 0), ("tflite", 1), ("", 1)])
def test_only_a_known_runtime_passes(word: str, found: int) -> None:
    with override_settings(INFERENCE_RUNTIME=word):
        ids = [message.id for message in run_checks()]
    assert ids.count("capture.E002") == found


@pytest.mark.parametrize(("count", "found"), [(0, 1), (1, 0), (BATCH_SNIPPETS_MAX, 0), (33, 1)])
def test_only_a_bounded_batch_passes(count: int, found: int) -> None:
    with override_settings(BATCH_SNIPPETS=count):
        ids = [message.id for message in run_checks()]
    assert ids.count("capture.E003") == found


def test_a_worker_that_can_measure_starts() -> None:
    refuse_to_start_unfit()


@pytest.mark.parametrize(("word", "reason"), [("tflite", "tflite"), ("keras", r"requirements\.txt")])
def test_a_worker_without_its_runtime_says_so_and_does_not_start(word: str, reason: str) -> None:
    with override_settings(INFERENCE_RUNTIME=word), pytest.raises(SystemExit, match=reason):
        refuse_to_start_unfit()
