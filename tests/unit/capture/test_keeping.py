"""Sessions are let go a month after their end, and the rows of their snippets with them."""

import uuid
from datetime import timedelta

from lti_tool.capture import services
from lti_tool.capture.models import CaptureSession, Snippet, SnippetState
from lti_tool.domain.retention import LIFETIMES, Kind
from lti_tool.lti.models import Context
from tests import factories as make
from tests.factories.times import NOW


def test_only_sessions_that_ended_long_ago_go(course: Context) -> None:
    student = make.consenting(course)
    long_ago = NOW - LIFETIMES[Kind.CAPTURE_SESSION]
    running, recent, old = (
        CaptureSession.objects.create(student=student, context=course, started_at=long_ago, ended_at=ended)
        for ended in (None, long_ago + timedelta(seconds=1), long_ago)
    )
    Snippet.objects.create(
        session=old,
        client_id=uuid.uuid4(),
        state=SnippetState.MEASURED,
        frame_count=8,
        byte_count=1,
        captured_at=long_ago,
        received_at=long_ago,
    )

    services.old_sessions(at=NOW).delete()
    assert set(CaptureSession.objects.all()) == {running, recent}
    assert not Snippet.objects.exists()


def test_a_shorter_time_that_a_deployment_chose_is_obeyed(course: Context) -> None:
    deployment = make.make_deployment()
    make.make_activation(deployment, session_days=2)
    short = make.make_context(deployment=deployment)
    ended = NOW - timedelta(days=2)
    kept, _ = (
        CaptureSession.objects.create(
            student=make.consenting(where), context=where, started_at=ended, ended_at=ended
        )
        for where in (course, short)
    )

    services.old_sessions(at=NOW).delete()
    assert list(CaptureSession.objects.all()) == [kept]
