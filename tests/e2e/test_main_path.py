"""The whole path in a real browser: platform and tool are two sites, third-party cookies are blocked."""

import pytest
from playwright.sync_api import BrowserContext, expect

from deploy.demo.journey import CounselorVisit, StudentVisit, Visit
from deploy.demo.stack import Stack
from tests.e2e import state

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(400)]

NAME = "Amina Okafor"
SUB = "student-01"
CLASSMATE = "Lukas Brandt"
SNIPPETS = 3


def test_a_student_is_measured_is_seen_by_the_counselor_and_takes_everything_back(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    student = StudentVisit(somebody, live_stack.page("student"))
    student.say_yes()
    student.start_camera()
    uploads = student.wait_for_results(SNIPPETS, limit_s=120)
    assert {upload.state for upload in uploads} == {"measured"}

    student.pause_camera()
    before = state.file_of(live_stack, SUB)
    assert before.key_opens
    assert len(before.records) >= SNIPPETS
    _counselor_reads_and_student_sees_the_same(live_stack, somebody)

    student.start_camera()
    other_tab = StudentVisit(somebody, live_stack.page("student"))
    other_tab.open("My record")
    other_tab.withdraw()

    after = state.file_of(live_stack, SUB)
    assert (after.closed, after.key_opens, after.wrapped_key, after.records) == (True, False, "", [])
    assert state.on_disk(live_stack, before.wrapped_key, *before.records) == []
    student.camera_was_stopped()
    CounselorVisit(somebody, live_stack.page("counselor")).does_not_list(NAME, but=CLASSMATE)


def _counselor_reads_and_student_sees_the_same(stack: Stack, context: BrowserContext) -> None:
    counselor = CounselorVisit(context, stack.page("counselor"))
    counselor.open_record_of(NAME)
    own = Visit(context, stack.page("student"))
    own.open("My record")
    assert len(_estimates(counselor)) == 1
    assert _estimates(own) == _estimates(counselor)
    counselor.page.close()
    own.page.close()


def _estimates(visit: Visit) -> list[str]:
    """The estimate of each session with its range, whether or not its disclosure is open."""
    visit.heading().wait_for()
    cells = visit.frame.locator("table tbody tr td:nth-of-type(2)")
    cells.first.wait_for(state="attached")
    return [" ".join(text.split()) for text in cells.all_text_contents()]


def test_a_student_who_says_not_now_gets_the_calm_corner_and_is_not_listed(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    student = StudentVisit(somebody, live_stack.page("student-24"))
    student.heading().wait_for()
    student.open("Camera")
    student.say_not_now()
    student.frame.wait_for_url("**/calm/")
    CounselorVisit(somebody, live_stack.page("counselor")).does_not_list("Zoe Papadakis", but=CLASSMATE)


def test_the_tool_sets_no_cookie_that_is_not_partitioned(live_stack: Stack, somebody: BrowserContext) -> None:
    StudentVisit(somebody, live_stack.page("student-02")).heading().wait_for()
    cookies = somebody.cookies(live_stack.tool_url)
    assert cookies
    assert all(cookie.get("partitionKey") for cookie in cookies)


def test_web_and_worker_stay_small(live_stack: Stack) -> None:
    assert state.resident_mb(live_stack.supervisor.pid("web")) < 150
    worker = live_stack.supervisor.pid("worker")
    sizes = [state.resident_mb(pid) for pid in state.family(worker)]
    assert len(sizes) > 1
    assert max(sizes) < 300


def test_a_link_inside_the_frame_brings_the_course_page_back_to_its_top(
    live_stack: Stack, somebody: BrowserContext
) -> None:
    visit = Visit(somebody, live_stack.page("student-02"))
    visit.page.set_viewport_size({"width": 900, "height": 400})
    visit.open("My record")
    expect(visit.heading()).to_have_text("My record")
    visit.frame.get_by_role("link", name="Stop and delete everything").scroll_into_view_if_needed()
    assert _top_of_frame(visit) < 0
    visit.frame.get_by_role("link", name="Stop and delete everything").click()
    expect(visit.heading()).to_have_text("Stop and delete everything")
    expect(visit.page.locator("#tool")).to_be_in_viewport()
    for _ in range(50):  # the page's policy forbids the script that `wait_for_function` would leave in it
        if _top_of_frame(visit) >= -1:
            break
        visit.page.wait_for_timeout(100)
    assert _top_of_frame(visit) >= -1


def _top_of_frame(visit: Visit) -> float:
    return float(visit.page.evaluate("document.getElementById('tool').getBoundingClientRect().top"))
