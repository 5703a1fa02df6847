"""What administrators see of care: numbers, and nobody in them."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from lti_tool.alerts import services
from lti_tool.dashboards.coverage import coverage_of
from lti_tool.domain.cases import ClosingReason, Step
from lti_tool.lti.models import Context
from tests.factories import make_counselor
from tests.unit.dashboards.test_queue_pages import asked, raised

pytestmark = pytest.mark.django_db
WEDNESDAY_10 = datetime.fromisoformat("2026-11-25T10:00:00+00:00")


def test_time_to_acknowledge_is_counted_in_staffed_hours(course: Context) -> None:
    """From Friday at five to Monday at eleven: two hours, not sixty-six."""
    friday = WEDNESDAY_10 + timedelta(days=2, hours=7)
    case = asked(course, friday)
    counselor = make_counselor(course, at=friday)
    monday = friday + timedelta(days=2, hours=18)
    services.take_step(case=case, by=counselor, step=Step.ACKNOWLEDGE, at=monday)
    found = coverage_of(course.deployment, friday + timedelta(days=3))
    assert found.hours_to_acknowledge == 2


def test_the_worth_of_alerts_is_counted_from_how_they_ended(course: Context) -> None:
    counselor = make_counselor(course, at=WEDNESDAY_10)
    for number, reason in enumerate(
        [ClosingReason.HELPED, ClosingReason.FALSE_ALERT, ClosingReason.FALSE_ALERT, ClosingReason.NO_CONTACT]
    ):
        _, case = raised(course, WEDNESDAY_10 + timedelta(hours=number))
        services.close(case=case, by=counselor, reason=reason, at=WEDNESDAY_10 + timedelta(hours=number))
    worth = coverage_of(course.deployment, WEDNESDAY_10 + timedelta(days=1)).worth
    assert worth is not None
    assert (round(worth.value, 2), worth.n) == (0.33, 3)


def test_an_administrator_reads_numbers_and_no_names(course: Context) -> None:
    raised(course, WEDNESDAY_10, name="Ada Lovelace")
    User.objects.create_superuser("root", password="a long password")
    client = Client()
    client.login(username="root", password="a long password")
    text = " ".join(client.get(reverse("coverage")).content.decode().split())
    assert "1, 1 new" in text
    assert "Ada" not in text


def test_nobody_else_gets_in(course: Context) -> None:
    answer = Client().get(reverse("coverage"))
    assert answer.status_code == 302
    assert "/admin/login/" in answer.headers["Location"]
