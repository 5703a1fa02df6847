"""Which files there are, and for whom. Opens nothing: what is sealed is read by the services."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from lti_tool.audit.models import Action
from lti_tool.audit.selectors import moments_of
from lti_tool.consent import selectors as consent
from lti_tool.domain.access import Viewer, may_read_file
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.lti.protocol.placement import Page
from lti_tool.lti.selectors import active_grant
from lti_tool.records.errors import FileMissing
from lti_tool.records.models import ActivityWeek, ClassWeek, MentalHealthFile


def open_files() -> QuerySet[MentalHealthFile]:
    """Files whose key still exists."""
    files = MentalHealthFile.objects.filter(closed_at=None)
    return files.select_related("data_key", "student", "context__deployment")


def open_file_of(student: PlatformUser, context: Context) -> MentalHealthFile | None:
    """The student's file in this course, if there is one."""
    return open_files().filter(student=student, context=context).first()


def own_open_file(student: PlatformUser, context: Context) -> MentalHealthFile:
    """The same. Raises FileMissing where there is none."""
    file = open_file_of(student, context)
    if file is None:
        raise FileMissing
    return file


def has_open_file(student: PlatformUser) -> bool:
    """Whether anything is still kept about the student in any course."""
    return open_files().filter(student=student).exists()


def files_in_care(counselor: PlatformUser, context: Context, at: datetime) -> list[MentalHealthFile]:
    """Files of the course that students share with its counselors, by name; never the counselor's own."""
    if active_grant(counselor, context, at) is None:
        return []
    sharing = [s for s in consent.students_sharing_with_counselor(context) if s.pk != counselor.pk]
    files = {file.student_id: file for file in open_files().filter(context=context, student__in=sharing)}
    return [files[student.pk] for student in sharing if student.pk in files]


def file_in_care(
    counselor: PlatformUser, context: Context, public_id: UUID, at: datetime
) -> MentalHealthFile:
    """One of them. Raises FileMissing, whether it does not exist or is not shared."""
    for file in files_in_care(counselor, context, at):
        if file.public_id == public_id:
            return file
    raise FileMissing


def viewer_for(file: MentalHealthFile, reader: str, at: datetime) -> Viewer | None:
    """As what the person with this pseudonym may read the file, or None."""
    own = reader == str(file.student.pseudonym)
    if own:
        return Viewer.STUDENT
    person = _person(reader, file)
    in_care = person is not None and active_grant(person, file.context, at) is not None
    shared = consent.permits(student=file.student, context=file.context, purpose=Purpose.COUNSELOR)
    allowed = may_read_file(Viewer.COUNSELOR, own=own, in_care=in_care, shared_with_counselor=shared)
    return Viewer.COUNSELOR if allowed else None


def _person(pseudonym: str, file: MentalHealthFile) -> PlatformUser | None:
    """The person of the file's platform with this pseudonym."""
    try:
        known_as = UUID(pseudonym)
    except ValueError:
        return None
    people = PlatformUser.objects.filter(registration=file.student.registration_id)
    return people.filter(pseudonym=known_as).first()


def audit_subject(file: MentalHealthFile) -> str:
    """How the audit names a file."""
    return f"file:{file.public_id}"


def exports_of(file: MentalHealthFile) -> list[datetime]:
    """When a counselor took the file out, oldest first."""
    return moments_of(action=Action.FILE_EXPORTED, subject=audit_subject(file))


def class_weeks(context: Context) -> QuerySet[ClassWeek]:
    """The finished weeks of a course, oldest first: all that an instructor's page may read."""
    return ClassWeek.objects.filter(context=context)


def activities_of(context: Context) -> QuerySet[ResourceLink]:
    """Places of a course from which the camera can be opened, whether anybody did or not."""
    return ResourceLink.objects.filter(context=context).exclude(page=Page.CALM)


def activity_weeks(context: Context, *, since: date) -> QuerySet[ActivityWeek]:
    """What was published of them from a week on, in the order in which they were placed."""
    weeks = ActivityWeek.objects.filter(week__context=context, week__week_start__gte=since)
    return weeks.select_related("week", "activity").order_by("activity_id", "week__week_start")
