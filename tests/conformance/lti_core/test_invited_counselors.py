"""A counselor comes from the course with a code: roles neither help nor are needed."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import CounselorGrant, CounselorInvitation, Launch, PlatformUser, Registration
from tests.conformance.visitor import Visitor
from tests.platform.people import MENTOR_ROLE
from tests.unit.platform.forms import read_form

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as TestResponse


@pytest.fixture
def code(registration: Registration) -> str:
    at = now()
    invitation = CounselorInvitation(
        deployment=registration.deployments.get(),
        expires_at=at + timedelta(days=1),
        grant_expires_at=at + timedelta(days=30),
    )
    return services.invite_counselor(invitation=invitation, by="Ruth", at=at)


def _paste(visitor: Visitor, page: "TestResponse", code: str) -> "TestResponse":
    form = read_form(page.content.decode())
    return visitor.client.post(form.action, form.fields | {"code": code})


def _mentor(visitor: Visitor) -> "TestResponse":
    return visitor.launch("mentor", overrides={"roles": [MENTOR_ROLE]})


@pytest.mark.spec("LTI 1.3 Core", "A.2")
def test_a_mentor_is_nobody_here_until_they_bring_a_code(visitor: Visitor, code: str) -> None:
    page = _mentor(visitor)
    assert b"There is nothing here for your role" in page.content
    assert PlatformUser.objects.count() == Launch.objects.count() == 0

    welcomed = _paste(visitor, page, code)

    assert welcomed.status_code == 200
    assert b"You are a counselor here now" in welcomed.content
    opened = visitor.client.get(_mentor(visitor).headers["Location"])
    assert opened.headers["Location"].endswith("/queue/")


def test_a_wrong_code_at_the_door_is_told_with_the_roles_and_may_be_tried_again(
    visitor: Visitor, registration: Registration, code: str
) -> None:
    refused = _paste(visitor, _mentor(visitor), "wrong")

    assert refused.status_code == 403
    assert b"We do not know this code." in refused.content
    assert b"<strong>Mentor</strong>" in refused.content
    assert registration.frame_origins[0] in refused.headers["Content-Security-Policy"]
    assert not CounselorGrant.objects.exists()
    assert _paste(visitor, refused, code).status_code == 200


def test_a_pass_of_somebody_else_at_the_door_is_worth_nothing_when_changed(
    visitor: Visitor, code: str
) -> None:
    form = read_form(_mentor(visitor).content.decode())
    changed = form.fields["door_pass"][:-1] + ("A" if form.fields["door_pass"][-1] != "A" else "B")

    refused = visitor.client.post(form.action, {"door_pass": changed, "code": code})

    assert b"door_pass_over" in refused.content
    assert not CounselorGrant.objects.exists()


def test_the_page_at_the_door_leaves_no_session(visitor: Visitor, code: str) -> None:
    _paste(visitor, _mentor(visitor), code)

    assert "attune_session" not in visitor.client.cookies


def test_a_test_user_with_a_code_stays_nobody(visitor: Visitor, code: str) -> None:
    refused = _paste(visitor, visitor.launch("test-user"), code)

    assert refused.status_code == 403
    assert b"A test user is nobody" in refused.content
