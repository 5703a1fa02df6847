"""A platform learns nothing of who said yes: what is asked of it is the same, whoever takes part."""

import pytest
import requests
from django.core.cache import cache

from lti_tool.core.clock import now
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER, SCOPES
from lti_tool.privacy import services as privacy
from lti_tool.records import services as records
from tests import factories as make
from tests.platform.people import STUDENTS
from tests.platform.platform import Platform

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spec("LTI NRPS 2.0", "2")]

Asked = list[tuple[str | None, str | None]]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Every request that leaves us, by method and address."""
    requests_made: Asked = []
    send = requests.Session.send

    def noted(session: requests.Session, request: requests.PreparedRequest, **kwargs: object) -> object:
        requests_made.append((request.method, request.url))
        return send(session, request, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "send", noted)
    return requests_made


@pytest.fixture
def student(course: Context) -> PlatformUser:
    return make.make_student(course, sub=STUDENTS[0].sub)


def a_round_of_the_clock(asked: Asked) -> Asked:
    """What the clock has us ask of every platform, from the token on."""
    cache.clear()
    asked.clear()
    for course in records.courses_with_rosters():
        records.compare_with_roster(context_id=course, at=now())
    return list(asked)


def test_the_same_is_asked_of_a_platform_before_and_after_a_yes_and_its_withdrawal(
    platform: Platform, course: Context, student: PlatformUser, asked: Asked
) -> None:
    before = a_round_of_the_clock(asked)
    assert before

    asked.clear()
    make.give_everything(student, course, at=now())
    make.history(student, course, [[0.3] * 3] * 4, until=now())
    records.publish_finished_weeks(at=now())
    assert asked == []
    assert a_round_of_the_clock(asked) == before

    asked.clear()
    privacy.withdraw(student=student, context=course, at=now())
    assert asked == []
    assert a_round_of_the_clock(asked) == before


def test_there_is_no_service_for_grades_to_ask_of() -> None:
    assert set(SCOPES) == {ROSTER, NOTICES}
