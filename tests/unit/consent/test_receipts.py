"""A receipt of one answer, to keep: what was said, to which text, on which basis, and nothing else."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest

from lti_tool.activation.models import Activation, ActivationState
from lti_tool.consent import services
from lti_tool.consent.models import Consent
from lti_tool.consent.receipts import receipt_of
from lti_tool.consent.texts import current_text
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser
from tests import factories as make
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def context() -> Context:
    return make.make_context()


@pytest.fixture
def student(context: Context) -> PlatformUser:
    return make.consenting(context, purposes=[Purpose.CAMERA, Purpose.CLASS])


def record_of(consent: Consent) -> Any:  # noqa: ANN401 - whatever JSON can say
    return receipt_of(consent)["consent_record"]


def test_it_says_what_was_agreed_to_in_the_words_of_then(student: PlatformUser, context: Context) -> None:
    record = record_of(Consent.objects.get())
    processing, text = record["pii_processing"], current_text()
    assert processing["privacy_notice"] == {"version": text.version, "sha256": text.hash}
    assert [own["purpose_type"] for own in processing["purposes"]] == ["camera", "class"]
    assert processing["purposes"][0]["purpose"] == "Measure with my camera, into my own file"
    assert record["events"] == [
        {
            "event_time": NOW.isoformat(),
            "event_type": "explicit",
            "event_state": "given",
            "entity_id": str(student.pseudonym),
        }
    ]


def test_the_basis_is_the_one_of_that_moment(student: PlatformUser, context: Context) -> None:
    before = record_of(Consent.objects.get())
    Activation.objects.update(state=ActivationState.SUPERSEDED)
    tomorrow = NOW + timedelta(days=1)
    make.make_activation(context.deployment, version=2, jurisdiction="GB", signed_off_at=tomorrow)
    assert record_of(Consent.objects.get()) == before
    services.decline(student=student, context=context, at=NOW + timedelta(days=2))
    after = record_of(Consent.objects.latest("pk"))
    assert before["pii_processing"]["jurisdiction"] != "GB"
    assert after["pii_processing"]["jurisdiction"] == "GB"
    assert after["events"][0]["event_state"] == "refused"
    assert after["pii_processing"]["purposes"] == []


def test_it_says_when_it_was_taken_back_and_names_nobody(student: PlatformUser, context: Context) -> None:
    services.withdraw_consent(student=student, context=context, at=NOW + timedelta(hours=1))
    first = Consent.objects.order_by("pk")[0]
    assert [event["event_state"] for event in record_of(first)["events"]] == ["given", "withdrawn"]
    assert student.sub not in str(receipt_of(first))
    assert "Ada" not in str(receipt_of(first))


def test_of_a_basis_that_is_not_on_record_nothing_is_made_up(student: PlatformUser, context: Context) -> None:
    """As with an answer that came from another installation, from before anything was signed off here."""
    Consent.objects.update(answered_at=NOW - timedelta(days=4000))
    processing = record_of(Consent.objects.get())["pii_processing"]
    assert processing["lawful_basis"] is processing["jurisdiction"] is processing["impact_assessment"] is None


def test_students_download_their_own_and_nobody_elses(student: PlatformUser, context: Context) -> None:
    browser, own = make.enter(student, context), Consent.objects.get()
    page = browser.get(browser.address("consent:answers")).content.decode()
    address = browser.address("consent:receipt", answer=own.pk)
    assert f'href="{address}"' in page
    response = browser.get(address)
    assert response.json() == receipt_of(own)
    assert "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]

    other = make.consenting(context, name="Bob")
    for visitor in (make.enter(other, context), make.enter(student, make.make_context())):
        refused = visitor.get(visitor.address("consent:receipt", answer=own.pk))
        assert refused.status_code == HTTPStatus.NOT_FOUND
    teacher = make.enter(make.make_instructor(context), context, roles=(INSTRUCTOR,))
    assert teacher.get(teacher.address("consent:receipt", answer=own.pk)).status_code == HTTPStatus.FORBIDDEN
