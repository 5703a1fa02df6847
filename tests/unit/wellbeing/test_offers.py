"""A break is offered at a pause, seldom, never beside a timed quiz, and to nobody who said no."""

from datetime import datetime, timedelta

import pytest

from lti_tool.domain.prompts import Moment, Reply
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.wellbeing import services as wellbeing
from lti_tool.wellbeing.models import Diary
from tests import factories as make
from tests.factories import Browser
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context)


def offered(student: PlatformUser, context: Context, at: datetime = NOW, *, timed: bool = False) -> bool:
    return wellbeing.offer_break(student=student, context=context, moment=Moment.PAUSE, timed=timed, at=at)


def reply(student: PlatformUser, context: Context, said: Reply, at: datetime = NOW) -> None:
    wellbeing.reply_to_offer(student=student, context=context, reply=said, at=at)


def test_once_and_then_not_for_45_minutes(student: PlatformUser, context: Context) -> None:
    assert offered(student, context)
    assert not offered(student, context, NOW + timedelta(minutes=44))
    assert offered(student, context, NOW + timedelta(minutes=45))
    assert not offered(student, context, NOW + timedelta(hours=23))


def test_a_dismissal_is_remembered(student: PlatformUser, context: Context) -> None:
    assert offered(student, context)
    reply(student, context, Reply.DISMISSED)
    assert not offered(student, context, NOW + timedelta(hours=23))
    later = NOW + timedelta(hours=24)
    assert offered(student, context, later)
    reply(student, context, Reply.DISMISSED, later)
    assert not offered(student, context, later + timedelta(days=6, hours=23))
    assert offered(student, context, later + timedelta(days=7))


def test_the_limit_holds_for_the_person_in_every_course(student: PlatformUser, context: Context) -> None:
    other = make.make_context(deployment=context.deployment, context_id="other")
    assert offered(student, context)
    assert not offered(student, other, NOW + timedelta(minutes=10))
    wellbeing.switch_offers(student=student, context=other, off=True, at=NOW)
    assert not offered(student, context, NOW + timedelta(days=3))
    wellbeing.switch_offers(student=student, context=context, off=False, at=NOW)
    assert offered(student, other, NOW + timedelta(days=3))


def test_beside_timed_work_nothing_is_offered_and_nothing_begun(
    student: PlatformUser, context: Context
) -> None:
    assert not offered(student, context, timed=True)
    assert not Diary.objects.exists()


def test_who_wants_nothing_kept_is_offered_nothing(student: PlatformUser, context: Context) -> None:
    wellbeing.keep_answers(student=student, context=context, keep=False, at=NOW)
    assert not offered(student, context, NOW + timedelta(days=20))


def ask(browser: Browser, moment: str = "pause") -> object:
    return browser.post(browser.address("wellbeing:prompt"), {"moment": moment}).json()


def test_the_capture_page_asks_and_hears_off(student: PlatformUser, context: Context) -> None:
    browser = make.enter(student, context)
    assert "<calm-offer" in browser.get(browser.address("capture:page")).content.decode()
    assert ask(browser) == {"offer": True}
    assert ask(browser) == {"offer": False}
    assert browser.post(browser.address("wellbeing:prompt_reply"), {"reply": "off"}).status_code == 200
    settings = wellbeing.read_diary(student=student, context=context, purpose="x", at=NOW).settings
    assert settings.offers.off


def test_a_link_that_was_placed_as_timed_stays_quiet(student: PlatformUser, context: Context) -> None:
    browser = make.enter(student, context)
    link = ResourceLink.objects.create(context=context, resource_link_id="quiz", timed=True)
    type(browser.launch).objects.filter(pk=browser.launch.pk).update(resource_link=link)
    assert ask(browser) == {"offer": False}


def test_a_moment_that_is_no_transition_is_refused(student: PlatformUser, context: Context) -> None:
    browser = make.enter(student, context)
    for moment in ("", "every minute"):
        answer = browser.post(browser.address("wellbeing:prompt"), {"moment": moment})
        assert answer.status_code == 400
    assert not Diary.objects.exists()
