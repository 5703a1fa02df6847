"""Every page of the tool: who sees it, how one gets there, and the heading that proves it."""

from collections.abc import Callable
from dataclasses import dataclass

from deploy.demo.journey import StudentVisit, Visit

Go = Callable[[StudentVisit], object]


@dataclass(frozen=True, slots=True)
class Stop:
    """One page. `words` must stand on it beside the heading."""

    heading: str
    go: Go
    words: str = ""


def at(path: str) -> Go:
    """An address below the launch."""
    return lambda visit: visit.frame.goto(root_of(visit) + path)


def root_of(visit: Visit) -> str:
    """The address of the launch that the frame shows."""
    before, _, after = visit.frame.url.partition("/l/")
    return f"{before}/l/{after.split('/')[0]}/"


def _stay(visit: StudentVisit) -> None:
    visit.heading().wait_for()


def _press(visit: StudentVisit, button: str) -> None:
    visit.frame.get_by_role("button", name=button).click()


def _answer_without_choices(visit: StudentVisit) -> None:
    at("consent/")(visit)
    _press(visit, "Yes")


def _withdraw(visit: StudentVisit) -> None:
    at("withdraw/")(visit)
    _press(visit, "Stop and delete everything")


def _answer_one_of_four(visit: StudentVisit) -> None:
    visit.frame.get_by_text("Four more questions").click()
    visit.frame.get_by_label("Several days").first.check()
    _press(visit, "Save my check-in")


def _check_in(visit: StudentVisit) -> None:
    for question in ("nervous", "worrying", "interest", "down"):
        visit.frame.locator(f"#{question}-2").check()
    _press(visit, "Save my check-in")


def _ask_for_a_new_tab(visit: StudentVisit) -> None:
    at("capture/")(visit)
    # Shown only where the frame keeps the camera to itself.
    visit.frame.locator('[data-capture="new-tab"]').evaluate("form => form.submit()")


def _start_camera(visit: StudentVisit) -> None:
    at("capture/")(visit)
    visit.start_camera()


def _begin_the_square(visit: StudentVisit) -> None:
    visit.frame.locator('[data-exercise="box"]').first.click()


def _open_record(visit: StudentVisit) -> None:
    at("caseload/")(visit)
    visit.frame.get_by_role("link", name="Lukas Brandt").click()


def _open_case(visit: StudentVisit) -> None:
    at("queue/")(visit)
    visit.frame.get_by_role("link", name="Lukas Brandt").click()


PAGES: dict[str, tuple[Stop, ...]] = {
    # Never asked before by these tests; the first page of a newcomer.
    "student-23": (
        Stop("Would you like Attune to notice tension?", at("consent/")),
        Stop("Would you like Attune to notice tension?", _answer_without_choices, "not complete"),
        Stop("My record", at("mine/"), "Nothing is held about you"),
    ),
    "student-02": (
        Stop("Your choices", at("consent/")),
        Stop("Your camera", at("capture/"), "The camera is off"),
        Stop("My record", at("mine/"), "What is held about you"),
        Stop("How are you right now?", at("check-in/"), "No camera is needed"),
        Stop("How are you right now?", _answer_one_of_four, "Answer all four questions"),
        Stop("Thank you.", _check_in, "You said 5 of 10"),
        Stop("My record", at("mine/"), "What you said, 0 to 10"),
        Stop("Calm corner", at("calm/")),
        Stop("Breathe in a square", _begin_the_square, "Sit as you like"),
        Stop("Stopping is fine.", lambda visit: _press(visit, "End"), "Did this help?"),
        Stop("Stop and delete everything", at("withdraw/"), "Keep my file"),
        Stop("This did not open", at("class/"), "wrong_viewer"),
        Stop("Your camera", _start_camera, "The camera is on"),
        # Last: its address does not lie below the launch.
        Stop("Open Attune in a new tab", _ask_for_a_new_tab, "works once"),
    ),
    "student-22": (Stop("Everything was deleted", _withdraw, "Receipt"),),
    "counselor": (
        Stop("Queue", at("queue/"), "asked to be contacted"),
        Stop("Queue", at("queue/?show=closed"), "false alert"),
        Stop("Lukas Brandt", _open_case, "What the student says"),
        Stop("How I want to be told", at("queue/notices/"), "E-mail address"),
        Stop("Students", at("caseload/")),
        Stop("Lukas Brandt", _open_record, "Sessions"),
        Stop("What makes an alert", at("policy/"), "These students do not exist"),
        Stop("What makes an alert", at("policy/?sensitivity=much"), "Give a number from 0 to 100"),
    ),
    "instructor": (
        Stop("Your class by week", at("class/"), "somewhat more tension"),
        Stop("Are you a counselor of this course?", lambda visit: visit.open("Invitation")),
    ),
    "instructor/place": (
        Stop("Place Attune in your course", _stay),
        Stop("Place Attune in your course", lambda visit: _press(visit, "Place it"), "Choose what to place"),
    ),
    "mentor": (Stop("There is nothing here for your role", _stay),),
}
