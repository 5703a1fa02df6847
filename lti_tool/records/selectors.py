"""Which files there are, and for whom. Opens nothing: what is sealed is read by the services."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from lti_tool.audit.models import Action
from lti_tool.audit.selectors import moments_of
from lti_tool.consent import selectors as consent
from lti_tool.domain.access import Sight, Viewer, sight_of
from lti_tool.domain.consent import Purpose
from lti_tool.domain.emergency import Situation
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.lti.protocol.placement import Page
from lti_tool.lti.selectors import active_grant, counsels_in, courses_in_care, teaches
from lti_tool.records.errors import FileMissing
from lti_tool.records.models import ActivityWeek, CheckIn, ClassWeek, EmergencyGrant, MentalHealthFile


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


def shared_files(
    counselor: PlatformUser, contexts: Collection[Context], students: Collection[int], at: datetime
) -> list[MentalHealthFile]:
    """Files of these students, shared in these courses with this counselor; never the counselor's own."""
    if not contexts:
        return []
    deployment = next(iter(contexts)).deployment
    in_care = {course.pk for course in courses_in_care(counselor, deployment, at)}
    courses = [context for context in contexts if context.pk in in_care]
    sharing = consent.sharing_with_counselor(students, courses)
    files = open_files().filter(context__in=courses, student__in=students).exclude(student=counselor)
    return [file for file in files if (file.student_id, file.context_id) in sharing]


def files_with_shown_check_ins(
    counselor: PlatformUser, context: Context, at: datetime
) -> list[MentalHealthFile]:
    """Files of the course of which a counselor sees check-ins and nothing else, by name."""
    if active_grant(counselor, context, at) is None:
        return []
    sharing = {student.pk for student in consent.students_sharing_with_counselor(context)}
    shown = CheckIn.objects.shown_by_own_act().filter(file__context=context).values("file")
    files = open_files().filter(pk__in=shown).exclude(student__in=sharing | {counselor.pk})
    return sorted(files, key=lambda file: (file.student.display_name.casefold(), file.pk))


def file_in_care(
    counselor: PlatformUser, context: Context, public_id: UUID, at: datetime
) -> MentalHealthFile:
    """One of either. Raises FileMissing, whether it does not exist or nothing of it is shared."""
    for files in (files_in_care, files_with_shown_check_ins):
        for file in files(counselor, context, at):
            if file.public_id == public_id:
                return file
    raise FileMissing


def sight_for(file: MentalHealthFile, reader: str, at: datetime) -> Sight | None:
    """How much of the file the person with this pseudonym sees, or None."""
    own = reader == str(file.student.pseudonym)
    if own:
        return Sight.WHOLE
    person = _person(reader, file)
    return sight_of(
        Viewer.COUNSELOR,
        own=own,
        in_care=person is not None and active_grant(person, file.context, at) is not None,
        record_is_shared=consent.permits(
            student=file.student, context=file.context, purpose=Purpose.COUNSELOR
        ),
        check_ins_shown=check_ins_are_shown(file),
    )


def is_known_to_counselors(student: PlatformUser) -> bool:
    """Whether in any course a counselor may see something of the student, and so who they are."""
    shown = CheckIn.objects.shown_by_own_act().filter(file__student=student)
    return shown.exists() or consent.permits_anywhere(student=student, purpose=Purpose.COUNSELOR)


def check_ins_are_shown(file: MentalHealthFile) -> bool:
    """Whether counselors may see any check-in of it by an act of the student's own."""
    return CheckIn.objects.of_files([file]).shown_by_own_act().exists()


def _person(pseudonym: str, file: MentalHealthFile) -> PlatformUser | None:
    """The person of the file's platform with this pseudonym."""
    try:
        known_as = UUID(pseudonym)
    except ValueError:
        return None
    people = PlatformUser.objects.filter(registration=file.student.registration_id)
    return people.filter(pseudonym=known_as).first()


def emergency_situation(file: MentalHealthFile, reader: PlatformUser, at: datetime) -> Situation:
    """What the rules of an emergency judge."""
    context = file.context
    return Situation(
        switched_on=settings.BREAK_GLASS,
        file_open=file.closed_at is None,
        own_file=file.student_id == reader.pk,
        counsels=counsels_in(reader, context.deployment_id, at),
        teaches_here=teaches(reader, context),
        sharing=consent.terms_in(context).sharing,
        shared=consent.permits(student=file.student, context=context, purpose=Purpose.COUNSELOR),
        told=consent.was_told_of_emergencies(student=file.student, context=context),
    )


def emergencies_for(reader: PlatformUser, at: datetime) -> list[EmergencyGrant]:
    """What is open to this counselor now, if the installation knows emergencies at all."""
    if not settings.BREAK_GLASS:
        return []
    return [grant for grant in EmergencyGrant.objects.filter(reader=reader) if grant.window.is_open(at)]


def emergencies_about(student: PlatformUser, context: Context) -> list[EmergencyGrant]:
    """Every time a file of theirs in this course was opened so, newest first, also of one that was erased."""
    theirs = EmergencyGrant.objects.filter(file__student=student, file__context=context)
    return list(theirs.order_by("-granted_at", "-pk"))


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
