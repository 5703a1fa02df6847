"""A platform tells that a course was copied: asked for over HTTP, believed by its signature."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.consent.models import Consent
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import Context, DeploymentState
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.platform.claims import CONTEXT_COPY
from tests.platform.keys import PlatformKey
from tests.platform.launches import ABSENT
from tests.platform.people import COURSE
from tests.platform.platform import Platform

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spec("LTI PNS 1.0", "3")]

COPY = "course-stat-101-next-term"


def _deliver(course: Context, *tokens: str) -> "TestResponse":
    return _post(course, {"notices": [{"jwt": token} for token in tokens]})


def _post(course: Context, document: object) -> "TestResponse":
    path = f"/lti/notices/{course.deployment.registration_id}/"
    return Client(headers={"accept": "application/json"}).post(
        path, json.dumps(document), content_type="application/json"
    )


def _ask() -> list[bool]:
    return [services.ask_to_be_told(deployment_id=pk, at=now()) for pk in services.deployments_to_ask()]


@pytest.fixture
def offered(platform: Platform, course: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    """The course, after a launch has told where notices can be asked for."""
    deployment = course.deployment
    deployment.notices_url = f"{platform.issuer}/notice-handlers/{deployment.deployment_id}"
    deployment.save()
    monkeypatch.setattr(settings, "PUBLIC_URL", platform.tool_url)
    return course


@pytest.mark.spec("LTI PNS 1.0", "4")
def test_a_platform_that_offers_it_is_asked_once(platform: Platform, offered: Context) -> None:
    assert _ask() == [True]
    assert _ask() == []

    handler = f"{platform.tool_url}/lti/notices/{offered.deployment.registration_id}/"
    assert platform.notices.handlers == {offered.deployment.deployment_id: {CONTEXT_COPY: handler}}
    assert AuditEntry.objects.filter(action=Action.NOTICES_ASKED_FOR).count() == 1


@pytest.mark.spec("LTI PNS 1.0", "4")
def test_a_platform_that_refuses_is_asked_again_later(platform: Platform, offered: Context) -> None:
    deployment = offered.deployment
    deployment.notices_url = f"{platform.issuer}/notice-handlers/unknown"
    deployment.save()

    assert _ask() == [False]
    deployment.refresh_from_db()
    assert deployment.notices_asked_at is None


def test_a_copied_course_begins_with_nothing_and_takes_nothing_away(
    platform: Platform, course: Context
) -> None:
    student = make.consenting(course, at=now())
    make.history(student, course, [[0.3, 0.4]], until=now())

    response = _deliver(course, platform.copy_notice(COPY))

    assert (response.status_code, response.json()) == (200, {"taken": 1})
    copy = Context.objects.get(context_id=COPY)
    assert copy.copied_at is not None
    assert copy.title == "Statistics 101, next term"
    assert not Consent.objects.filter(context=copy).exists()
    assert not MentalHealthFile.objects.filter(context=copy).exists()
    assert Consent.objects.filter(context=course).exists()
    assert MentalHealthFile.objects.get(context=course).records.count() == 2
    assert AuditEntry.objects.get(action=Action.COURSE_COPIED).subject == f"course:{copy.pk}"


def test_a_course_that_is_filled_keeps_what_it_had(platform: Platform, course: Context) -> None:
    student = make.consenting(course, at=now())
    file = make.history(student, course, [[0.3, 0.4]], until=now())

    assert _deliver(course, platform.copy_notice(COURSE.context_id)).status_code == 200

    assert Context.objects.get().copied_at is not None
    assert file.records.count() == 2


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        ({"notice": {"type": "LtiHelloWorldNotice"}}, "notice_not_supported"),
        ({"notice": ["type"]}, "notice_not_supported"),
        ({"notice": ABSENT}, "notice_not_supported"),
        ({"version": "1.2"}, "version_wrong"),
        ({"context": ABSENT}, "context_malformed"),
        ({"context": {"id": 7}}, "context_malformed"),
        ({"deployment_id": "another"}, "deployment_unknown"),
        ({"deployment_id": ABSENT}, "deployment_missing"),
        ({"aud": "another-tool"}, "audience_wrong"),
        ({"iss": "https://elsewhere.example"}, "issuer_wrong"),
        ({"exp": 1}, "expired"),
        ({"iat": 1}, "issued_too_long_ago"),
    ],
)
def test_a_notice_that_is_not_to_be_believed_changes_nothing(
    platform: Platform, course: Context, claims: dict[str, Any], reason: str
) -> None:
    response = _deliver(course, platform.copy_notice(COPY, **claims))

    assert response.status_code == 403
    assert response.json()["error"] == f"launch_refused.{reason}"
    assert not Context.objects.filter(context_id=COPY).exists()


def test_origins_may_be_left_out_or_odd(platform: Platform, course: Context) -> None:
    for origins in (ABSENT, None, [7, ""], "course"):
        assert _deliver(course, platform.copy_notice(COPY, origin_contexts=origins)).status_code == 200


def test_a_stranger_cannot_tell_us_anything(platform: Platform, course: Context) -> None:
    token = platform.copy_notice(COPY)
    head, body, signature = token.split(".")
    assert _deliver(course, f"{head}.{body}.{signature[::-1]}").status_code == 403

    platform.keys.signing = PlatformKey.generate("never-published")
    assert _deliver(course, platform.copy_notice(COPY)).status_code == 403
    assert not Context.objects.filter(context_id=COPY).exists()


def test_a_launch_is_no_notice(platform: Platform, course: Context) -> None:
    assert _deliver(course, platform.id_token("student")).status_code == 403


def test_a_closed_deployment_hears_nothing(platform: Platform, course: Context) -> None:
    course.deployment.state = DeploymentState.SUSPENDED
    course.deployment.save()
    assert _deliver(course, platform.copy_notice(COPY)).status_code == 403

    course.deployment.registration.active = False
    course.deployment.registration.save()
    assert _deliver(course, platform.copy_notice(COPY)).status_code == 404


@pytest.mark.parametrize(
    "document", [None, [], {}, {"notices": {}}, {"notices": [{}] * 101}, {"notices": "x"}]
)
def test_a_delivery_of_another_shape_is_refused(course: Context, document: object) -> None:
    assert _post(course, document).status_code == 400


@pytest.mark.parametrize("entry", [None, {}, {"jwt": None}, {"jwt": "a.b"}, "a.b.c"])
def test_an_entry_that_is_no_token_is_refused(course: Context, entry: object) -> None:
    assert _post(course, {"notices": [entry]}).status_code == 403
