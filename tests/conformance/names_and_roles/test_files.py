"""Whose name leaves the course list: a note for the counselor, and nothing else."""

import pytest

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.core.clock import now
from lti_tool.core.http import PlatformSilent
from lti_tool.lti.models import Context, DeploymentState, PlatformUser
from lti_tool.records import services as records
from lti_tool.records import tasks
from lti_tool.records.models import MentalHealthFile
from tests import factories as make
from tests.platform import roster as lists
from tests.platform.people import STUDENTS
from tests.platform.platform import Platform
from tests.platform.roster import Trouble

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.spec("LTI NRPS 2.0", "2")]

AMINA, LUKAS = STUDENTS[0].sub, STUDENTS[1].sub


@pytest.fixture
def file(course: Context) -> MentalHealthFile:
    student = make.make_student(course, sub=AMINA)
    make.give_everything(student, course, at=now())
    return make.history(student, course, [[0.3, 0.4]], until=now())


def _compare(course: Context) -> int:
    return records.compare_with_roster(context_id=course.pk, at=now())


def test_a_file_stays_whole_when_its_owner_leaves_the_list(
    platform: Platform, course: Context, file: MentalHealthFile
) -> None:
    assert _compare(course) == 0

    platform.roster.suspended = {AMINA, LUKAS}
    assert _compare(course) == 1
    file.refresh_from_db()
    first_missed = file.off_list_since
    assert first_missed is not None
    assert file.closed_at is None
    assert file.records.count() == 2
    assert set(PlatformUser.objects.values_list("sub", flat=True)) == {AMINA}

    assert _compare(course) == 0
    file.refresh_from_db()
    assert file.off_list_since == first_missed

    platform.roster.suspended = set()
    assert _compare(course) == 1
    file.refresh_from_db()
    assert file.off_list_since is None
    noted = AuditEntry.objects.filter(action=Action.ATTENDANCE_NOTED, subject=f"file:{file.public_id}")
    assert list(noted.values_list("actor", "purpose")) == [("system", "off_list"), ("system", "on_list")]


def test_an_empty_list_is_not_believed(platform: Platform, course: Context, file: MentalHealthFile) -> None:
    platform.roster.trouble = [Trouble(200, '{"members": []}')]
    assert _compare(course) == 0
    course.refresh_from_db()
    assert course.class_size is None


def test_an_erased_file_keeps_no_note(platform: Platform, course: Context, file: MentalHealthFile) -> None:
    platform.roster.suspended = {AMINA}
    _compare(course)
    file.refresh_from_db()
    records.destroy_file(file=file, at=now())

    assert MentalHealthFile.objects.get(pk=file.pk).off_list_since is None
    assert _compare(course) == 0


def test_a_busy_platform_is_asked_again(platform: Platform, course: Context, file: MentalHealthFile) -> None:
    platform.roster.suspended = {AMINA}
    platform.roster.trouble = [lists.TOO_MANY_REQUESTS] * 2
    assert tasks.compare_with_roster.apply(args=(course.pk,)).get() == 1


def test_in_the_end_a_busy_platform_is_left_in_peace(
    platform: Platform, course: Context, file: MentalHealthFile
) -> None:
    platform.roster.trouble = [lists.TOO_MANY_REQUESTS] * tasks.ROSTER_TRIES
    with pytest.raises(PlatformSilent):
        tasks.compare_with_roster.apply(args=(course.pk,)).get()
    assert platform.roster.trouble == []


def test_every_open_course_with_a_list_is_compared_whether_or_not_anybody_takes_part(course: Context) -> None:
    make.make_context()  # its platform offers none
    assert records.courses_with_rosters() == [course.pk]

    course.deployment.state = DeploymentState.SUSPENDED
    course.deployment.save()
    assert records.courses_with_rosters() == []


def test_a_platform_that_wants_a_long_wait_is_left_to_the_next_round(
    platform: Platform, course: Context, file: MentalHealthFile
) -> None:
    long_wait = Trouble(429, "", {"Retry-After": str(tasks.LONGEST_WAIT_S + 1)})
    platform.roster.trouble = [long_wait, long_wait]
    with pytest.raises(PlatformSilent):
        tasks.compare_with_roster.apply(args=(course.pk,)).get()
    assert platform.roster.trouble == [long_wait]
