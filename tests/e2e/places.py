"""Where every page lies, whatever language it speaks: paths, and what leads on from them."""

from urllib.parse import urljoin

from deploy.demo.journey import Visit
from tests.e2e.pages import root_of

Step = str | tuple[str, str]
"""A path below the launch; or a path, and what to press there."""
STAY = ""
PLACES: dict[str, tuple[Step, ...]] = {
    "student-02": (
        "consent/",
        "consent/answers/",
        "consent/texts/v1/",
        "capture/",
        "mine/",
        "mine/contact/",
        ("mine/", 'main a[href*="/sessions/"]'),
        "check-in/",
        "calm/",
        ("calm/", '[data-exercise="box"]'),
        "held/",
        "withdraw/",
        "class/",
    ),
    "counselor": (
        "queue/",
        "queue/?show=closed",
        ("queue/", ".case__link"),
        "queue/notices/",
        "caseload/",
        ("caseload/", "main .cases a"),
        "export/",
        "policy/",
        "policy/?sensitivity=much",
    ),
    "instructor": ("class/",),
    "mentor": (STAY,),
}


def go_to(visit: Visit, step: Step) -> None:
    """Open it, and wait until it is there."""
    path, press = (step, "") if isinstance(step, str) else step
    if path != STAY:
        visit.frame.goto(root_of(visit) + path)
    visit.heading().wait_for()
    if not press:
        return
    found = visit.frame.locator(press).first
    address = found.get_attribute("href")
    if address:  # it may lie in a closed disclosure
        visit.frame.goto(urljoin(visit.frame.url, address))
    else:
        found.click()
    visit.heading().wait_for()
