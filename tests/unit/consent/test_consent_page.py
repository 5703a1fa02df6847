"""The consent page, as a student's browser meets it."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from django.conf import settings

from lti_tool.consent import selectors
from lti_tool.consent.models import Answer, Consent
from lti_tool.consent.texts import current_text
from lti_tool.core.clock import now
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make
from tests.factories.people import INSTRUCTOR

pytestmark = pytest.mark.django_db

TEXT = Path(settings.BASE_DIR) / "templates/consent/_text_v1.html"
ALL = {"answer": "yes", "purposes": ["camera", "counselor", "class"], "adult": "yes"}


def page(browser: make.Browser) -> str:
    response = browser.get(browser.address("consent:page"))
    assert response.status_code == 200
    return response.content.decode()


def ticked(html: str) -> set[str]:
    inputs = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", html)
    return {re.search(r'id="(\w+)"', i)[1] for i in inputs if " checked" in i}  # type: ignore[index]


def test_everything_is_off_until_it_is_chosen(browser: make.Browser) -> None:
    html = page(browser)
    assert html.count('type="checkbox"') == 4
    assert ticked(html) == set()


def test_the_two_answers_weigh_the_same(browser: make.Browser) -> None:
    buttons = re.findall(r'<button class="([^"]*)"[^>]*name="answer"[^>]*>([^<]*)<', page(browser))
    assert buttons == [("button", "Not now"), ("button", "Yes, with these choices")]


def test_the_text_in_force_is_shown_with_its_fingerprint(browser: make.Browser) -> None:
    html = page(browser)

    assert current_text().hash[:12] in html
    assert TEXT.read_text(encoding="utf-8") in html


def test_yes_with_every_choice_is_remembered_and_leads_to_the_camera(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    response = browser.post(browser.address("consent:page"), ALL)

    assert response.status_code == 302
    assert response["Location"] == browser.address("capture:page")
    consent = selectors.current_consent(student=student, context=context)
    assert consent is not None
    assert consent.chosen == set(Purpose)
    assert consent.adult_confirmed


@pytest.mark.parametrize("sent", [{"answer": "not_now"}, {**ALL, "answer": "not_now"}, {}, {"answer": "x"}])
def test_not_now_is_one_click_whatever_is_ticked_and_leads_to_the_calm_corner(
    browser: make.Browser, sent: dict[str, str]
) -> None:
    response = browser.post(browser.address("consent:page"), sent)

    assert response["Location"] == browser.address("wellbeing:calm")
    assert Consent.objects.get().answer == Answer.NOT_NOW


@pytest.mark.parametrize(
    ("missing", "messages"),
    [
        ({"purposes": ["class"]}, ["#camera"]),
        ({"adult": ""}, ["#adult"]),
        ({"purposes": ["class"], "adult": ""}, ["#camera", "#adult"]),
        ({"purposes": ["grade"]}, ["#camera"]),
    ],
)
def test_an_incomplete_yes_comes_back_with_what_to_check_and_what_was_ticked(
    browser: make.Browser, missing: dict[str, object], messages: list[str]
) -> None:
    sent = {key: value for key, value in {**ALL, **missing}.items() if value}
    response = browser.post(browser.address("consent:page"), sent)
    html = response.content.decode()

    assert response.status_code == 200
    assert re.findall(r'<a href="(#\w+)">(?:Choose|Confirm)', html) == messages
    assert 'role="alert"' in html
    for target in messages:
        assert f'aria-describedby="{target[1:]}-hint {target[1:]}-error" aria-invalid="true"' in html
    expected = set(sent.get("purposes", [])) & set(Purpose) | ({"adult"} if sent.get("adult") else set())  # type: ignore[call-overload]
    assert ticked(html) == {str(value) for value in expected}
    assert not Consent.objects.exists()


def test_later_the_page_shows_the_choices_that_hold_and_the_way_out(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    browser.post(browser.address("consent:page"), {**ALL, "purposes": ["camera", "class"]})
    html = page(browser)

    assert ticked(html) == {"camera", "class", "adult"}
    assert browser.address("privacy:withdraw") in html
    assert "Your choices" in html


def test_a_choice_can_be_taken_back_alone(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    browser.post(browser.address("consent:page"), ALL)
    browser.post(browser.address("consent:page"), {**ALL, "purposes": ["camera"]})
    assert not selectors.permits(student=student, context=context, purpose=Purpose.COUNSELOR)
    assert selectors.permits(student=student, context=context, purpose=Purpose.CAMERA)


def test_where_measuring_is_not_switched_on_there_is_nothing_to_say_yes_to() -> None:
    locked = make.make_context(activated=False)
    browser = make.enter(make.make_student(locked), locked)

    html = page(browser)
    assert "Measuring is not switched on here" in html
    assert "checkbox" not in html
    assert browser.address("wellbeing:calm") in html
    assert browser.post(browser.address("consent:page"), ALL).status_code == 403
    assert not Consent.objects.exists()


def test_an_instructor_has_no_consent_page(context: Context) -> None:
    browser = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert browser.get(browser.address("consent:page")).status_code == 403


def test_the_page_of_somebody_who_declined_is_the_page_of_somebody_new_but_for_one_line(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    before = page(browser)
    browser.post(browser.address("consent:page"), {"answer": "not_now"})
    after = page(browser)
    notice = re.compile(r'<div class="notice">.*?</div>', re.DOTALL)
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')

    def words(html: str) -> str:
        return " ".join(token.sub("", notice.sub("", html)).split())

    assert words(before) == words(after)


STATES: dict[str, Mapping[str, object]] = {
    "never asked": {},
    "not now": {"answer": "not_now"},
    "camera alone": {**ALL, "purposes": ["camera"]},
    "everything": ALL,
}


@pytest.mark.parametrize("name", ["consent:page", "wellbeing:calm", "dashboards:mine", "capture:page"])
def test_every_page_has_the_same_ways_on_whatever_was_answered(context: Context, name: str) -> None:
    """Whoever looks over a shoulder sees nothing missing."""
    found = set()
    for sent in STATES.values():
        browser = make.enter(make.make_student(context), context)
        if sent:
            browser.post(browser.address("consent:page"), dict(sent))
        html = browser.get(browser.address(name), follow=True).content.decode()
        nav = re.search(r"<nav.*?</nav>", html, re.DOTALL)
        assert nav is not None
        found.add(nav[0].replace(browser.launch.public_id, ""))
    assert len({" ".join(re.sub(r'aria-current="\w+"', "", nav).split()) for nav in found}) == 1


def test_the_page_offers_no_class_pattern_where_none_may_be_made() -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, jurisdiction="DE", **make.EU_EXCEPTION)
    context = make.make_context(deployment=deployment)
    student = make.make_student(context)
    browser = make.enter(student, context)
    html = page(browser)
    assert 'id="counselor"' in html
    assert 'id="class"' not in html

    refused = browser.post(browser.address("consent:page"), ALL)
    assert refused.status_code == 200
    assert 'role="alert"' in refused.content.decode()
    assert not Consent.objects.exists()
    browser.post(browser.address("consent:page"), {**ALL, "purposes": ["camera", "counselor"]})
    assert selectors.permits(student=student, context=context, purpose=Purpose.COUNSELOR)


def test_answering_takes_now_as_its_time(browser: make.Browser) -> None:
    start = now()
    browser.post(browser.address("consent:page"), ALL)
    assert start <= Consent.objects.get().answered_at <= now()
