"""The intake refuses by default: each refusal has a code, and stores nothing."""

import json
import uuid
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lti_tool.activation.models import Activation
from lti_tool.capture import spool
from lti_tool.capture.errors import Backlogged, SpoolAway
from lti_tool.capture.limits import OWN_BACKLOG_MAX
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.capture.services import start_session
from lti_tool.consent import services as consent
from lti_tool.core import clock
from lti_tool.core.errors import AttuneError
from lti_tool.lti.models import Context
from tests.factories import consenting, make_context
from tests.factories.people import INSTRUCTOR
from tests.unit.capture.conftest import Visitor, visit
from tests.unit.capture.pictures import jpeg

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


def body(**changes: object) -> dict[str, object]:
    frames = [SimpleUploadedFile("frame.jpg", jpeg(), "image/jpeg") for _ in range(8)]
    fields = {"client_id": str(uuid.uuid4()), "captured_at": clock.now().isoformat(), "frames": frames}
    return fields | changes


@pytest.fixture
def consented(course: Context) -> Visitor:
    return visit(course, consenting(course))


@pytest.fixture
def session(consented: Visitor) -> CaptureSession:
    return start_session(launch=consented.launch, at=clock.now())


def refused(answer: "Answer") -> tuple[int, str]:
    assert Snippet.objects.count() == 0
    return answer.status_code, json.loads(answer.content)["error"]


def test_no_session_without_consent(visitor: Visitor) -> None:
    assert refused(visitor.post("start")) == (403, "consent_missing")


def test_no_session_before_activation(db: None) -> None:
    course = make_context()
    visitor = visit(course, consenting(course))
    Activation.objects.all().delete()
    assert refused(visitor.post("start")) == (403, "sensing_locked")


def test_no_session_for_a_teacher(course: Context) -> None:
    teacher = visit(course, consenting(course), roles=(INSTRUCTOR,))
    assert refused(teacher.post("start")) == (403, "wrong_viewer")


def test_no_snippet_from_another_browser(consented: Visitor, session: CaptureSession) -> None:
    consented.client = Client()
    assert refused(consented.post("snippets", body(), session=session.public_id)) == (403, "launch_missing")


def test_no_snippet_for_somebody_elses_session(consented: Visitor, session: CaptureSession) -> None:
    other = visit(consented.context, consenting(consented.context))
    answer = other.post("snippets", body(), session=session.public_id)
    assert refused(answer) == (404, "session_unknown")


def test_no_snippet_after_consent_was_taken_back(consented: Visitor, session: CaptureSession) -> None:
    consent.withdraw_consent(student=consented.student, context=consented.context, at=clock.now())
    answer = consented.post("snippets", body(), session=session.public_id)
    assert refused(answer) == (403, "consent_missing")


def test_no_snippet_after_stop(consented: Visitor, session: CaptureSession) -> None:
    assert consented.post("stop", session=session.public_id).status_code == 200
    answer = consented.post("snippets", body(), session=session.public_id)
    assert refused(answer) == (409, "session_ended")


def test_a_newer_session_replaces_the_older(consented: Visitor, session: CaptureSession) -> None:
    assert consented.post("start").status_code == 201
    answer = consented.post("snippets", body(), session=session.public_id)
    assert refused(answer) == (409, "session_replaced")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"frames": []}, "wrong_frame_count"),
        ({"frames": [SimpleUploadedFile("a.jpg", b"MZ" * 50)] * 8}, "not_jpeg"),
        ({"client_id": "1"}, "malformed_field"),
    ],
)
def test_what_breaks_a_bound_is_told_by_code(
    consented: Visitor, session: CaptureSession, changes: dict[str, object], code: str
) -> None:
    answer = consented.post("snippets", body(**changes), session=session.public_id)
    assert refused(answer) == (400, code)


@pytest.mark.parametrize("fault", [Backlogged(), SpoolAway()])
def test_a_spool_that_takes_nothing_is_told(
    consented: Visitor,
    session: CaptureSession,
    monkeypatch: pytest.MonkeyPatch,
    fault: AttuneError,
) -> None:
    def put(*_: object) -> bytes:
        raise fault

    monkeypatch.setattr(spool, "put", put)
    answer = consented.post("snippets", body(), session=session.public_id)
    assert refused(answer) == (fault.status, fault.code)


def test_a_page_that_is_ahead_of_the_workers_is_told_when_to_come_back(
    consented: Visitor, session: CaptureSession
) -> None:
    at = clock.now()
    for _ in range(OWN_BACKLOG_MAX):
        Snippet.objects.create(
            session=session,
            client_id=uuid.uuid4(),
            frame_count=8,
            byte_count=1,
            captured_at=at,
            received_at=at,
        )
    answer = consented.post("snippets", body(), session=session.public_id)
    assert (answer.status_code, json.loads(answer.content)["error"]) == (429, "slow_down")
    assert int(answer.headers["Retry-After"]) > 0
    assert Snippet.objects.count() == OWN_BACKLOG_MAX


def test_the_page_asks_for_consent_first(visitor: Visitor) -> None:
    answer = visitor.get("page")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith("/consent/")


@pytest.mark.parametrize("after", ["yesterday", "2026-11-18T10:00:00"])
def test_results_want_a_moment_with_its_zone(consented: Visitor, session: CaptureSession, after: str) -> None:
    answer = consented.get("results", f"?after={after}", session=session.public_id)
    assert (answer.status_code, json.loads(answer.content)["error"]) == (400, "malformed_field")
