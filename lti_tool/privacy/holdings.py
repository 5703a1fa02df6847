"""What is held of a person, table by table, in words, numbers and dates. Opens nothing that is sealed.

A test holds this to `kept.KEPT`: every table there is either shown, or stands among those that are not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.alerts.models import Alert, Case, CaseNote, CaseStep, CounselorAddress, LastLook, Notice, Word
from lti_tool.audit.selectors import entries_about
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.consent.models import Consent
from lti_tool.lti.models import (
    Context,
    CounselorGrant,
    CounselorInvitation,
    DeepLinkingRequest,
    Launch,
    PlatformUser,
    TabPass,
)
from lti_tool.privacy.models import Receipt
from lti_tool.records.models import (
    Baseline,
    CheckIn,
    EmergencyGrant,
    MentalHealthFile,
    SealedSummary,
    SessionRemark,
    StressRecord,
)
from lti_tool.vault.models import DataKey
from lti_tool.wellbeing.models import Diary, DiaryEntry

Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table, how to find a person's rows in it, where their course and their moment stand, and words."""

    table: str
    words: str | Promise
    of: Callable[[PlatformUser], Rows]
    course: str = ""
    moment: str = ""


class Holding(NamedTuple):
    """So many of one kind, with the first and the last moment of them."""

    words: str | Promise
    number: int
    first: datetime | None
    last: datetime | None


def entries_of(person: PlatformUser) -> Rows:
    """What the audit says of a person: what they did, and what was done to what is theirs."""
    names = (
        ("file", MentalHealthFile.objects.filter(student=person)),
        ("case", Case.objects.filter(student=person)),
        ("session", CaptureSession.objects.filter(student=person)),
        ("receipt", Receipt.objects.filter(student=person)),
        ("diary", Diary.objects.filter(student=person)),
    )
    subjects = [f"person:{person.pseudonym}"]
    for kind, rows in names:
        subjects += [f"{kind}:{public_id}" for public_id in rows.values_list("public_id", flat=True)]
    return entries_about(pseudonym=str(person.pseudonym), subjects=subjects)


SHOWN: tuple[Shown, ...] = (
    Shown(
        "records.MentalHealthFile",
        _("Files: when each was opened and closed, and since when you are not on the course list"),
        lambda p: MentalHealthFile.objects.filter(student=p),
        "context",
        "opened_at",
    ),
    Shown(
        "vault.DataKey",
        _("Keys of these files. Of a deleted file only the empty row is left"),
        lambda p: DataKey.objects.filter(mentalhealthfile__student=p),
        "mentalhealthfile__context",
        "created_at",
    ),
    Shown(
        "records.StressRecord",
        _("Measurements, sealed"),
        lambda p: StressRecord.objects.filter(file__student=p),
        "file__context",
        "recorded_at",
    ),
    Shown(
        "records.SealedSummary",
        _("Summaries of sessions, made from these measurements, sealed"),
        lambda p: SealedSummary.objects.filter(file__student=p),
        "file__context",
        "started_at",
    ),
    Shown(
        "records.Baseline",
        _("Your usual: the middle of each session it was learned from, sealed"),
        lambda p: Baseline.objects.filter(file__student=p),
        "file__context",
        "updated_at",
    ),
    Shown(
        "records.SessionRemark",
        _("What you said of a session yourself, sealed"),
        lambda p: SessionRemark.objects.filter(file__student=p),
        "file__context",
        "written_at",
    ),
    Shown(
        "records.CheckIn",
        _("Your check-ins: what you said of yourself, sealed"),
        lambda p: CheckIn.objects.filter(file__student=p),
        "file__context",
        "at",
    ),
    Shown(
        "alerts.Case",
        _("Cases: that counselors were asked to look at how you are, and what became of it"),
        lambda p: Case.objects.filter(student=p),
        "context",
        "opened_at",
    ),
    Shown(
        "alerts.Alert",
        _("Alerts: what persisted when a case began, sealed"),
        lambda p: Alert.objects.filter(case__student=p),
        "case__context",
        "raised_at",
    ),
    Shown(
        "alerts.Word",
        _("What you said to counselors about a case, sealed"),
        lambda p: Word.objects.filter(case__student=p),
        "case__context",
        "written_at",
    ),
    Shown(
        "alerts.CaseNote",
        _("Notes that counselors wrote in a case of yours, sealed; they are in your download"),
        lambda p: CaseNote.objects.filter(case__student=p),
        "case__context",
        "written_at",
    ),
    Shown(
        "alerts.CaseStep",
        _("What was done in a case of yours, and when"),
        lambda p: CaseStep.objects.filter(case__student=p),
        "case__context",
        "at",
    ),
    Shown(
        "alerts.LastLook",
        _("When the rule of early warning last looked at your file"),
        lambda p: LastLook.objects.filter(file__student=p),
        "file__context",
        "looked_at",
    ),
    Shown(
        "alerts.Notice",
        _("Messages to counselors that something waits, without your name"),
        lambda p: Notice.objects.filter(case__student=p),
        "case__context",
        "made_at",
    ),
    Shown(
        "alerts.CounselorAddress",
        _("Where you want to be told as a counselor, and in which language"),
        lambda p: CounselorAddress.objects.filter(counselor=p),
        moment="changed_at",
    ),
    Shown(
        "records.EmergencyGrant",
        _("Times at which a file of yours was opened to a counselor in an emergency"),
        lambda p: EmergencyGrant.objects.filter(file__student=p),
        "file__context",
        "granted_at",
    ),
    Shown(
        "records.EmergencyGrant",
        _("Times at which somebody else's file was opened to you, as a counselor, in an emergency"),
        lambda p: EmergencyGrant.objects.filter(reader=p),
        moment="granted_at",
    ),
    Shown(
        "capture.CaptureSession",
        _("Times at which your camera was on"),
        lambda p: CaptureSession.objects.filter(student=p),
        "context",
        "started_at",
    ),
    Shown(
        "capture.Snippet",
        _("Notes of what became of each short run of pictures, without the pictures"),
        lambda p: Snippet.objects.filter(session__student=p),
        "session__context",
        "received_at",
    ),
    Shown(
        "capture.Snippet",
        _("Short runs of pictures that wait to be measured, sealed, for five minutes at most"),
        lambda p: Snippet.objects.waiting().filter(session__student=p),
        "session__context",
        "received_at",
    ),
    Shown(
        "wellbeing.Diary",
        _("What the calm corner remembers for you: whether to keep answers, and offers of a break, sealed"),
        lambda p: Diary.objects.filter(student=p),
        "context",
        "opened_at",
    ),
    Shown(
        "vault.DataKey",
        _("Keys of what the calm corner remembers for you"),
        lambda p: DataKey.objects.filter(diary__student=p),
        "diary__context",
        "created_at",
    ),
    Shown(
        "wellbeing.DiaryEntry",
        _("What you said of an exercise in the calm corner, sealed. Only you can read it"),
        lambda p: DiaryEntry.objects.filter(diary__student=p),
        "diary__context",
        "written_at",
    ),
    Shown(
        "consent.Consent",
        _("Your answers about consent"),
        lambda p: Consent.objects.filter(student=p),
        "context",
        "answered_at",
    ),
    Shown(
        "privacy.Receipt",
        _("Receipts of what you took back, their counts sealed"),
        lambda p: Receipt.objects.filter(student=p),
        "context",
        "given_at",
    ),
    Shown(
        "lti.Launch",
        _("Your visits of the last day, with the roles and the name that your platform told"),
        lambda p: Launch.objects.filter(user=p),
        "context",
        "created_at",
    ),
    Shown(
        "lti.TabPass",
        _("Passes by which a visit opens in a new tab, for a minute"),
        lambda p: TabPass.objects.filter(launch__user=p),
        "launch__context",
        "expires_at",
    ),
    Shown(
        "lti.DeepLinkingRequest",
        _("What your platform asked of you as an author, for an hour"),
        lambda p: DeepLinkingRequest.objects.filter(launch__user=p),
        "launch__context",
        "expires_at",
    ),
    Shown(
        "lti.PlatformUser",
        _("What your platform calls you, beside the pseudonym under which you are known here"),
        lambda p: PlatformUser.objects.filter(pk=p.pk),
    ),
    Shown(
        "lti.PlatformUser",
        _("Your name, because you let counselors know it or are one"),
        lambda p: PlatformUser.objects.filter(pk=p.pk).exclude(name=""),
    ),
    Shown(
        "lti.CounselorGrant",
        _("Grants that make you a counselor, or made you one"),
        lambda p: CounselorGrant.objects.filter(user=p),
        moment="granted_at",
    ),
    Shown(
        "lti.CounselorInvitation",
        _("Codes by which you became a counselor"),
        lambda p: CounselorInvitation.objects.filter(grant__user=p),
        moment="created_at",
    ),
    Shown(
        "audit.AuditEntry",
        _("Lines in the list of what was done when, under your pseudonym or about what is yours"),
        entries_of,
        moment="at",
    ),
)

NOT_SHOWN: dict[str, str] = {
    "sessions.Session": "It ties a browser to its visits and names nobody; we cannot tell whose it is.",
    "lti.LoginAttempt": "Made before we are told who comes, and gone after ten minutes.",
    "lti.RegistrationLink": "About a platform, made by an administrator.",
    "admin.LogEntry": "An administrator's acts. Of a person it holds a row's number at most.",
    "auth.User": "An administrator's account with us, which no student or counselor has by that.",
    "administration.Authenticator": "Of an administrator. Students and counselors have none.",
    "administration.BackupCodes": "An administrator's second factor, as hashes.",
    "alerts.Outcome": "Numbers of cases by reason, from which nobody can be told.",
    "audit.Anchorage": "Nobody is in it.",
    "activation.Activation": "Names those who signed for the institution, in office.",
    "lti.Registration": "A platform, not a person.",
    "lti.Deployment": "A place in a platform, not a person.",
    "lti.Context": "A course, not a person.",
    "lti.ResourceLink": "A place in a course, not a person.",
    "lti.ToolKey": "Our own key.",
    "records.ClassWeek": "Bands of ten people and more, or twenty, from which nobody can be told.",
}


def holdings_in(person: PlatformUser, courses: Iterable[Context]) -> list[tuple[Context, list[Holding]]]:
    """By course, every kind of which anything is held there."""
    found: dict[int, list[Holding]] = {}
    for shown in SHOWN:
        for course, *numbers in _counted_by_course(shown, person):
            found.setdefault(course, []).append(Holding(shown.words, *numbers))
    return [(course, found[course.pk]) for course in courses if course.pk in found]


def holdings_outside(person: PlatformUser) -> list[Holding]:
    """Every kind that belongs to no course."""
    held = (_counted(shown, person) for shown in SHOWN if not shown.course)
    return [holding for holding in held if holding.number]


def _counted_by_course(shown: Shown, person: PlatformUser) -> Iterator[Any]:
    if not shown.course:
        return
    rows = shown.of(person).order_by().values_list(shown.course)
    yield from rows.annotate(Count("pk"), Min(shown.moment), Max(shown.moment))


def _counted(shown: Shown, person: PlatformUser) -> Holding:
    rows = shown.of(person).order_by()
    if not shown.moment:
        return Holding(shown.words, rows.count(), None, None)
    found = rows.aggregate(number=Count("pk"), first=Min(shown.moment), last=Max(shown.moment))
    return Holding(shown.words, found["number"], found["first"], found["last"])
