"""The student's own view of what helped: kept after an answer, deleted by a button, or never kept."""

import pytest

from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.lti.models import Context
from lti_tool.wellbeing.models import Diary, DiaryEntry
from tests import factories as make
from tests.factories import Browser

pytestmark = pytest.mark.django_db


def page(browser: Browser) -> str:
    return " ".join(browser.get(browser.address("wellbeing:calm")).content.decode().split())


def answer(browser: Browser, exercise: str = "sighing", helped: str = "a_little") -> int:
    fields = {"exercise": exercise, "helped": helped}
    return browser.post(browser.address("wellbeing:answer"), fields, follow=True).status_code


def declined() -> Browser:
    course = make.make_context()
    student = make.make_student(course)
    consent.decline(student=student, context=course, at=clock.now())
    return make.enter(student, course)


def in_a_locked_course() -> Browser:
    course: Context = make.make_context(activated=False)
    return make.enter(make.make_student(course), course)


@pytest.fixture(params=[declined, in_a_locked_course])
def browser(request: pytest.FixtureRequest) -> Browser:
    entered: Browser = request.param()
    return entered


def test_an_answer_is_found_again(browser: Browser) -> None:
    assert "Nothing yet" in page(browser)
    assert answer(browser) == 200
    assert answer(browser) == 200
    assert 'Sigh it out</span> <span class="quiet">A little: 2 times' in page(browser)


def test_one_press_deletes_it(browser: Browser) -> None:
    answer(browser)
    assert "Delete these answers" in page(browser)
    browser.post(browser.address("wellbeing:forget"))
    assert "Nothing yet" in page(browser)
    assert not Diary.objects.exists()


def test_do_not_keep_asks_nothing_any_more(browser: Browser) -> None:
    answer(browser)
    browser.post(browser.address("wellbeing:switch"), {"keep": "no"})
    shown = page(browser)
    assert "Your answers are not kept" in shown
    assert "Did this help?" not in shown
    answer(browser)
    assert not DiaryEntry.objects.exists()
    browser.post(browser.address("wellbeing:switch"), {"keep": "yes"})
    assert "Did this help?" in page(browser)


@pytest.mark.parametrize(
    ("exercise", "helped"), [("", "yes"), ("slow", ""), ("slow", "hugely"), ("x", "yes")]
)
def test_what_we_do_not_know_is_not_kept(browser: Browser, exercise: str, helped: str) -> None:
    assert answer(browser, exercise, helped) == 400
    assert not Diary.objects.exists()
