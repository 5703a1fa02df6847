"""What has lived its time at a moment, of each kind of data. Deletes nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from lti_tool.alerts.models import Case
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.capture.services import old_sessions
from lti_tool.consent.models import Consent
from lti_tool.domain.retention import Kind, over_since
from lti_tool.lti.models import (
    CounselorGrant,
    CounselorInvitation,
    DeepLinkingRequest,
    Launch,
    LoginAttempt,
    PlatformUser,
    RegistrationLink,
    TabPass,
)
from lti_tool.privacy.models import Receipt
from lti_tool.records.models import CheckIn, MentalHealthFile, StressRecord
from lti_tool.records.services import old_records
from lti_tool.wellbeing import selectors as wellbeing

Rows = QuerySet[Any]


class Over(NamedTuple):
    """Rows of one kind whose time is over at a moment, and the field that says how old each is."""

    rows: Callable[[datetime], Rows]
    age: str

    def count(self, at: datetime) -> int:
        """How many."""
        return self.rows(at).count()

    def oldest(self, at: datetime) -> datetime | None:
        """The age of the oldest; None where there is none, or no moment to tell it by."""
        if not self.age:
            return None
        oldest: datetime | None = self.rows(at).aggregate(oldest=Min(self.age))["oldest"]
        return oldest


def _frames(at: datetime) -> Rows:
    return Snippet.objects.waiting().received_until(at - timedelta(seconds=settings.SPOOL_MAX_SECONDS))


def _empty_files(at: datetime) -> Rows:
    """Open ones without a record or a check-in, of whose student nobody is at the camera."""
    running = CaptureSession.objects.running().filter(
        student=OuterRef("student"), context=OuterRef("context")
    )
    files = MentalHealthFile.objects.filter(closed_at=None, opened_at__lte=over_since(Kind.EMPTY_FILE, at=at))
    for kept in (StressRecord, CheckIn):
        files = files.exclude(Exists(kept._default_manager.filter(file=OuterRef("pk"))))
    return files.exclude(Exists(running))


def _answers(at: datetime) -> Rows:
    """Also a yes that still stands, when no file rests on it any more: who comes back is asked again."""
    moment = over_since(Kind.CONSENT_ANSWER, at=at)
    open_file = MentalHealthFile.objects.filter(
        student=OuterRef("student"), context=OuterRef("context"), closed_at=None
    )
    answers = Consent.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__lte=moment), answered_at__lte=moment
    )
    return answers.exclude(Exists(open_file))


def _grants(at: datetime) -> Rows:
    ended = Least("expires_at", Coalesce("revoked_at", "expires_at"))
    grants = CounselorGrant.objects.annotate(ended_at=ended)
    return grants.filter(ended_at__lte=over_since(Kind.COUNSELOR_GRANT, at=at))


def _persons(_at: datetime) -> Rows:
    """People to whom nothing refers any more, in whatever table."""
    persons = PlatformUser.objects.all()
    for relation in PlatformUser._meta.related_objects:
        theirs = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
        persons = persons.exclude(Exists(theirs))
    return persons


def _past(rows: Rows, field: str, kind: Kind) -> Over:
    return Over(lambda at: rows.filter(**{f"{field}__lte": over_since(kind, at=at)}), field)


OVER: dict[Kind, Over] = {
    Kind.FRAMES_IN_SPOOL: Over(_frames, "received_at"),
    Kind.LOGIN_ATTEMPT: _past(LoginAttempt.objects.all(), "expires_at", Kind.LOGIN_ATTEMPT),
    Kind.TAB_PASS: _past(TabPass.objects.all(), "expires_at", Kind.TAB_PASS),
    Kind.DEEP_LINKING_REQUEST: _past(
        DeepLinkingRequest.objects.all(), "expires_at", Kind.DEEP_LINKING_REQUEST
    ),
    Kind.BROWSER_SESSION: _past(Session.objects.all(), "expire_date", Kind.BROWSER_SESSION),
    Kind.LAUNCH: _past(Launch.objects.all(), "expires_at", Kind.LAUNCH),
    Kind.CAPTURE_SESSION: Over(lambda at: old_sessions(at=at), "ended_at"),
    Kind.STRESS_RECORD: Over(lambda at: old_records(at=at), "recorded_at"),
    Kind.CASE: _past(Case.objects.closed(), "closed_at", Kind.CASE),
    Kind.EMPTY_FILE: Over(_empty_files, "opened_at"),
    Kind.CLOSED_FILE: _past(MentalHealthFile.objects.exclude(closed_at=None), "closed_at", Kind.CLOSED_FILE),
    Kind.CALM_ANSWER: Over(
        lambda at: wellbeing.entries_until(over_since(Kind.CALM_ANSWER, at=at)), "written_at"
    ),
    Kind.CALM_DIARY: Over(lambda at: wellbeing.unused_since(over_since(Kind.CALM_DIARY, at=at)), "used_at"),
    Kind.CONSENT_ANSWER: Over(_answers, "answered_at"),
    Kind.RECEIPT: _past(Receipt.objects.all(), "given_at", Kind.RECEIPT),
    Kind.COUNSELOR_INVITATION: _past(
        CounselorInvitation.objects.all(), "expires_at", Kind.COUNSELOR_INVITATION
    ),
    Kind.COUNSELOR_GRANT: Over(_grants, "ended_at"),
    Kind.REGISTRATION_LINK: _past(RegistrationLink.objects.all(), "expires_at", Kind.REGISTRATION_LINK),
    Kind.ADMINISTRATION_LOG: _past(LogEntry.objects.all(), "action_time", Kind.ADMINISTRATION_LOG),
    Kind.PERSON: Over(_persons, ""),
}
"""In the order in which they go: what refers to a person before the person."""
