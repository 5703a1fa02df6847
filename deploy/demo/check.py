"""The main job, once, without a person: a student is measured, a counselor reads. Prints nothing itself."""

import json
from collections.abc import Mapping, Sequence
from statistics import quantiles

from playwright.sync_api import Error as BrowserTrouble

from deploy.demo.browser import BrowserMissing, chromium
from deploy.demo.clip import ClipMissing, camera_feed
from deploy.demo.journey import CounselorVisit, StudentVisit, Upload
from deploy.demo.stack import Say, Stack

SNIPPETS = 5
LIMIT_S = 90
LONGEST_WAIT_S = 2.0  # from a snippet sent to its result, in 95 of 100
STUDENT = "Amina Okafor"


class CheckFailed(RuntimeError):
    """The main job was not done; the text says which part."""


def main_job(stack: Stack, say: Say) -> str:
    """One JSON line with what happened. Raises CheckFailed."""
    try:
        uploads = _play(stack, say)
    except (AssertionError, BrowserTrouble, BrowserMissing, ClipMissing) as error:
        raise CheckFailed(str(error)) from error
    figures = json.loads(stack.manage("demo_figures"))
    _judge(figures, uploads)
    waits = _percentiles([upload.result_at - upload.sent_at for upload in uploads])
    _judge_waits(waits)
    names = ("snippets_received", "snippets_measured", "records_sealed", "first_frame_to_record_s")
    return json.dumps({name: figures[name] for name in names} | waits)


def _play(stack: Stack, say: Say) -> list[Upload]:
    with chromium(camera_feed()) as browser:
        say("A student enters the course, reads, says yes and starts the camera")
        student = StudentVisit(browser.new_context(), stack.page("student"))
        student.say_yes()
        student.start_camera()
        uploads = student.wait_for_results(SNIPPETS, LIMIT_S)
        student.stop_camera()
        say("A counselor enters the course and opens the record")
        counselor = CounselorVisit(browser.new_context(), stack.page("counselor"))
        counselor.open_record_of(STUDENT)
        counselor.sees("Measured by")
    return uploads


def _judge(figures: dict[str, object], uploads: Sequence[Upload]) -> None:
    if figures["snippets_measured"] != figures["snippets_received"]:
        raise CheckFailed(f"Not every snippet was measured: {figures}")
    if figures["records_sealed"] != figures["snippets_measured"]:
        raise CheckFailed(f"Not every measurement was sealed: {figures}")
    if len(uploads) < SNIPPETS or not figures["audit_is_whole"]:
        raise CheckFailed(f"The record of what happened is not whole: {figures}")


def _judge_waits(waits: Mapping[str, float]) -> None:
    if waits["upload_to_result_p95_s"] > LONGEST_WAIT_S:
        raise CheckFailed(
            f"Everything was measured, but results may take {LONGEST_WAIT_S} s (95 of 100), and took "
            f"{waits}. Is something else busy on this machine?"
        )


def _percentiles(delays: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(delays, n=100, method="inclusive")
    return {"upload_to_result_p50_s": round(cuts[49], 3), "upload_to_result_p95_s": round(cuts[94], 3)}
