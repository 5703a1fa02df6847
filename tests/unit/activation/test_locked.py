"""A locked deployment senses nothing: capture, intake, measuring and class weeks refuse at the service."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from redis import Redis

from lti_tool.activation import services as activation
from lti_tool.activation.models import Activation
from lti_tool.capture import analysis, services, spool
from lti_tool.capture.errors import FramesGone
from lti_tool.capture.intake import Submission
from lti_tool.capture.models import CaptureSession, Snippet, SnippetState
from lti_tool.capture.tasks import analyse_snippet
from lti_tool.consent import services as consent
from lti_tool.consent.errors import ClassViewLocked, SensingLocked
from lti_tool.core import clock
from lti_tool.domain.stress import MeasuredStress
from lti_tool.lti.models import Context
from lti_tool.records import services as records
from lti_tool.records.models import StressRecord
from tests import factories as make
from tests.factories.people import INSTRUCTOR, LEARNER
from tests.unit.capture.pictures import jpeg

pytestmark = pytest.mark.django_db

Lock = Callable[[Context], None]


def _never(context: Context) -> None:
    Activation.objects.all().delete()


def _only_a_draft(context: Context) -> None:
    Activation.objects.all().delete()
    activation.start_draft(deployment=context.deployment, by="ruth", at=clock.now())


def _run_out(context: Context) -> None:
    Activation.objects.update(expires_at=clock.now())


def _revoked(context: Context) -> None:
    activation.revoke(activation=Activation.objects.get(), reason="", by="olga", at=clock.now())


def _in_the_eu(context: Context) -> None:
    Activation.objects.update(jurisdiction="FR", assessment_date="2026-09-01")


LOCKS: list[Lock] = [_never, _only_a_draft, _run_out, _revoked, _in_the_eu]
locked_by = pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.__name__.strip("_"))


FORM_TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")\w+')
"""Of each page its own, whoever reads it."""


@pytest.fixture
def course() -> Context:
    return make.make_context()


@pytest.fixture
def session(course: Context) -> CaptureSession:
    launch = make.make_launch(make.consenting(course), course)
    return services.start_session(launch=launch, at=clock.now())


@pytest.fixture
def waiting(session: CaptureSession, redis_url: str) -> Snippet:
    """A snippet in the spool whose task is queued."""
    submission = Submission(client_id=uuid.uuid4(), captured_at=clock.now(), frames=(jpeg(),) * 8)
    return services.accept_snippet(session=session, submission=submission, at=clock.now())


@pytest.fixture
def unmeasured(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What reached the analyser all the same."""
    reached: list[object] = []
    monkeypatch.setattr(analysis, "measure", reached.append)
    monkeypatch.setattr(analysis, "measure_many", reached.append)
    return reached


@locked_by
def test_no_yes_and_no_session_begins(course: Context, lock: Lock) -> None:
    student = make.consenting(course)
    lock(course)
    with pytest.raises(SensingLocked):
        make.give_everything(make.make_student(course), course, at=clock.now())
    with pytest.raises(SensingLocked):
        services.start_session(launch=make.make_launch(student, course), at=clock.now())
    assert not CaptureSession.objects.exists()


@locked_by
def test_a_session_that_runs_takes_nothing_in(course: Context, session: CaptureSession, lock: Lock) -> None:
    lock(course)
    submission = Submission(client_id=uuid.uuid4(), captured_at=clock.now(), frames=(jpeg(),) * 8)
    with pytest.raises(SensingLocked):
        services.accept_snippet(session=session, submission=submission, at=clock.now())
    assert not Snippet.objects.exists()


@locked_by
def test_a_task_that_was_queued_before_measures_nothing_and_its_pictures_go(
    course: Context, waiting: Snippet, unmeasured: list[object], redis_url: str, lock: Lock
) -> None:
    lock(course)
    analyse_snippet(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == SnippetState.DISCARDED
    assert not waiting.spool_key
    assert unmeasured == []
    assert not StressRecord.objects.exists()
    assert not spool.holds(waiting.public_id)
    assert Redis.from_url(redis_url).keys(f"*{waiting.public_id}*") == []


@locked_by
def test_what_is_measured_while_the_lock_falls_is_not_recorded(
    course: Context, waiting: Snippet, monkeypatch: pytest.MonkeyPatch, lock: Lock
) -> None:
    def measure(frames: list[bytes]) -> MeasuredStress:
        lock(course)
        return make.measured(0.5)

    monkeypatch.setattr(analysis, "measure", measure)
    analyse_snippet(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.state == SnippetState.DISCARDED
    assert not StressRecord.objects.exists()
    with pytest.raises(FramesGone):
        spool.take(waiting.public_id, bytes(waiting.spool_key))


@locked_by
def test_no_class_week_is_made_and_none_is_shown(course: Context, lock: Lock) -> None:
    lock(course)
    monday = clock.now().date() - timedelta(days=clock.now().weekday() + 7)
    with pytest.raises(ClassViewLocked):
        records.publish_class_week(context=course, week_start=monday, at=clock.now())
    with pytest.raises(ClassViewLocked):
        consent.require_class_view(context=course, at=clock.now())


@locked_by
def test_everybody_may_still_come_in_and_use_the_calm_corner(course: Context, lock: Lock) -> None:
    lock(course)
    for roles in ((LEARNER,), (INSTRUCTOR,)):
        browser = make.enter(make.make_student(course), course, roles=roles)
        assert "Breathe slowly" in browser.get(browser.address("wellbeing:calm")).content.decode()


@locked_by
def test_students_of_a_locked_deployment_see_the_same_whatever_they_answered_once(
    course: Context, lock: Lock
) -> None:
    said_yes, never_asked, said_no = make.consenting(course), *(make.make_student(course) for _ in range(2))
    consent.decline(student=said_no, context=course, at=clock.now())
    lock(course)

    seen = set()
    for student in (said_yes, never_asked, said_no):
        browser = make.enter(student, course)
        for page in ("dashboards:home", "capture:page", "wellbeing:calm"):
            landed = browser.get(browser.address(page), follow=True)
            assert "Measuring is not switched on here" in landed.content.decode()
            text = landed.content.decode().replace(browser.launch.public_id, "LAUNCH")
            seen.add(FORM_TOKEN.sub("", text))
    assert len(seen) == 1


@locked_by
def test_a_teacher_reads_plainly_that_there_is_no_class_pattern(course: Context, lock: Lock) -> None:
    pages = set()
    for takes_part in (True, False):
        if takes_part:
            make.consenting(course)
        else:
            make.make_student(course)
    lock(course)
    for _ in range(2):
        browser = make.enter(make.make_instructor(course), course, roles=(INSTRUCTOR,))
        answer = browser.get(browser.address("dashboards:home"), follow=True)
        assert answer.status_code == 403
        text = answer.content.decode().replace(browser.launch.public_id, "LAUNCH")
        pages.add(FORM_TOKEN.sub("", text))
    assert len(pages) == 1
    assert "The weekly pattern of the class is not offered here" in pages.pop()


def test_a_new_version_opens_it_again(course: Context) -> None:
    student = make.consenting(course)
    _run_out(course)
    draft = activation.start_draft(deployment=course.deployment, by="ruth", at=clock.now())
    draft.signed_off_by, draft.expires_at = "Head of Services", clock.now() + timedelta(days=90)
    activation.save_draft(draft=draft)
    activation.approve(draft=draft, by="olga", at=clock.now())

    services.start_session(launch=make.make_launch(student, course), at=clock.now())
    assert CaptureSession.objects.running().exists()
