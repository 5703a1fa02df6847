"""Which diaries there are. Opens nothing: what is sealed is read by the services."""

from datetime import datetime

from django.db.models import QuerySet

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
