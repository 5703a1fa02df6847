"""The withdraw and receipt pages, as a student's browser meets them."""

import pytest

from lti_tool.capture.models import CaptureSession
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.privacy.models import Receipt
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    student = make.consenting(context)
    make.history(student, context, [[0.1, 0.2, 0.3]])
    return student


@pytest.fixture
def browser(student: PlatformUser, context: Context) -> make.Browser:
    return make.enter(student, context)


def test_looking_at_the_page_destroys_nothing(browser: make.Browser) -> None:
    html = browser.get(browser.address("privacy:withdraw")).content.decode()

    assert "cannot be undone" in html
    assert html.count('<button class="button button--primary"') == 1
    assert StressRecord.objects.count() == 3
    assert not Receipt.objects.exists()


def test_one_button_destroys_everything_and_leads_to_the_receipt(browser: make.Browser) -> None:
    response = browser.post(browser.address("privacy:withdraw"), follow=True)
    receipt = Receipt.objects.get()

    assert response.redirect_chain == [(browser.address("privacy:receipt", receipt=receipt.public_id), 302)]
    assert str(receipt.public_id) in response.content.decode()
    assert not StressRecord.objects.exists()


def test_afterwards_the_student_is_led_to_the_calm_corner_and_not_asked_again(
    browser: make.Browser,
) -> None:
    browser.post(browser.address("privacy:withdraw"))
    assert browser.get(browser.address("dashboards:home"))["Location"] == browser.address("wellbeing:calm")


def test_a_receipt_says_what_stays_and_claims_no_key_where_there_was_no_file(context: Context) -> None:
    browser = make.enter(make.make_student(context), context)
    said = browser.post(browser.address("privacy:withdraw"), follow=True).content.decode()
    assert "none were kept" in said
    assert "with the key" not in said
    assert "your answers about consent, and the list of what was done when" in said


def test_another_tab_is_told_that_there_is_no_yes_any_more(
    browser: make.Browser, student: PlatformUser, context: Context
) -> None:
    session = CaptureSession.objects.create(student=student, context=context, started_at=NOW)
    browser.post(browser.address("privacy:withdraw"))
    address = browser.address("capture:snippets", session=session.public_id)
    answer = browser.post(address, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error"]) == (403, "consent_missing")


def test_a_receipt_is_shown_to_nobody_else(browser: make.Browser, context: Context) -> None:
    browser.post(browser.address("privacy:withdraw"))
    receipt = Receipt.objects.get()
    other = make.enter(make.make_student(context, name="Bob"), context)
    assert other.get(other.address("privacy:receipt", receipt=receipt.public_id)).status_code == 404


def test_a_receipt_cannot_be_posted_to(browser: make.Browser) -> None:
    browser.post(browser.address("privacy:withdraw"))
    receipt = Receipt.objects.get()
    assert browser.post(browser.address("privacy:receipt", receipt=receipt.public_id)).status_code == 405


def test_an_instructor_has_nothing_to_withdraw(context: Context) -> None:
    instructor = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert instructor.post(instructor.address("privacy:withdraw")).status_code == 403
