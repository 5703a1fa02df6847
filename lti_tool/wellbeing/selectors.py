"""Which diaries there are, and who sees a new check-in. Opens nothing: the services read what is sealed."""

from datetime import datetime

from django.db.models import QuerySet

from lti_tool.consent import selectors as consent
from lti_tool.domain.checkins import goes_with_record
from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, Launch, PlatformUser
from lti_tool.wellbeing.models import Diary, DiaryEntry


def diaries() -> QuerySet[Diary]:
    """All, with what it takes to open one."""
    return Diary.objects.select_related("data_key", "student", "context__deployment")


def diary_of(student: PlatformUser, context: Context) -> Diary | None:
    """The student's own in this course, if there is one."""
    return diaries().filter(student=student, context=context).first()


def entries_until(moment: datetime) -> QuerySet[DiaryEntry]:
    """Answers that were given by then."""
    return DiaryEntry.objects.filter(written_at__lte=moment)


def unused_since(moment: datetime) -> QuerySet[Diary]:
    """Diaries into which nothing was written since then."""
    return diaries().filter(used_at__lte=moment)


def is_timed(launch: Launch) -> bool:
    """Whether the work beside the launch runs against a clock, as far as whoever placed the link said so."""
    return launch.resource_link is not None and launch.resource_link.timed


def audit_subject(diary: Diary) -> str:
    """How the audit names a diary."""
    return f"diary:{diary.public_id}"


def shared_with_record(student: PlatformUser, context: Context) -> bool:
    """Whether counselors who may read the record see a new check-in, too."""
    return goes_with_record(
        record_is_shared=consent.permits(student=student, context=context, purpose=Purpose.COUNSELOR),
        sharing=consent.terms_in(context).sharing,
    )
