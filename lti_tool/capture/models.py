"""Capture sessions and the snippets on their way to a record."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lti_tool.capture.limits import CLAIM_HOLDS, RECEIVED_OVERDUE
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.records.models import StressRecord
from lti_tool.vault.fields import PackedField


class SessionEnd(models.TextChoices):
    """Why a session is over. Empty while it runs."""

    STOPPED = "stopped", _("The student pressed Stop")
    REPLACED = "replaced", _("The student started a newer one")
    IDLE = "idle", _("Nothing came for a long time")


class SessionQuerySet(models.QuerySet["CaptureSession"]):
    """Questions about sessions."""

    def running(self) -> "SessionQuerySet":
        """Those that still take snippets."""
        return self.filter(ended_at=None)

    def of(self, student: PlatformUser, context: Context) -> "SessionQuerySet":
        """One student's in one course."""
        return self.filter(student=student, context=context)

    def of_course(self, context: Context) -> "SessionQuerySet":
        """Everybody's in one course."""
        return self.filter(context=context)

    def begun_from_a_place(self) -> "SessionQuerySet":
        """Those of which it is known from which link of the course they were begun."""
        return self.exclude(resource_link=None)

    def under_way(self, start: datetime, end: datetime) -> "SessionQuerySet":
        """Those that went on at any time between two moments."""
        return self.filter(started_at__lt=end).exclude(ended_at__lt=start)

    def quiet_since(self, moment: datetime) -> "SessionQuerySet":
        """Those that began before, and from which nothing came after."""
        return self.filter(started_at__lt=moment).exclude(snippets__received_at__gte=moment)

    def end(self, *, reason: SessionEnd, at: datetime) -> int:
        """End them all. Returns how many."""
        return self.update(ended_at=at, end_reason=reason)


class CaptureSession(models.Model):
    """One stretch of time in which a student let the camera be on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="capture_sessions")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="capture_sessions")
    resource_link = models.ForeignKey(ResourceLink, null=True, on_delete=models.SET_NULL)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=10, choices=SessionEnd.choices, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "context"], condition=Q(ended_at=None), name="one_running_session"
            )
        ]

    def __str__(self) -> str:
        return f"capture session {self.public_id}"


class SnippetState(models.TextChoices):
    """A snippet is received, claimed by one worker, and ends in exactly one of the last three."""

    RECEIVED = "received"
    MEASURING = "measuring"
    MEASURED = "measured"
    FAILED = "failed"
    DISCARDED = "discarded"


class Failure(models.TextChoices):
    """Why a snippet failed. Shown to the student in words, and counted by whoever runs the service."""

    FRAMES_EXPIRED = "frames_expired", _("It waited too long and was deleted")
    WORKER_LOST = "worker_lost", _("It could not be finished in several attempts")
    ANALYSIS_ERROR = "analysis_error", _("The measurement itself broke")
    NOT_RECORDED = "not_recorded", _("It was measured and could not be stored")
    SERVICE_AWAY = "service_away", _("A part of the service did not answer")


class SnippetQuerySet(models.QuerySet["Snippet"]):
    """Questions about snippets."""

    def waiting(self) -> "SnippetQuerySet":
        """Not measured, not failed, not discarded: their frames may still be in the spool."""
        return self.filter(state__in=[SnippetState.RECEIVED, SnippetState.MEASURING])

    def received_until(self, moment: datetime) -> "SnippetQuerySet":
        """Those that came then, or before."""
        return self.filter(received_at__lte=moment)

    def claimable(self, *, at: datetime, take_over: bool) -> "SnippetQuerySet":
        """Unclaimed, or claimed by a worker that is known (`take_over`) or must be (too old) to be gone."""
        abandoned = Q(state=SnippetState.MEASURING)
        if not take_over:
            abandoned &= Q(claimed_at__lt=at - CLAIM_HOLDS)
        return self.filter(Q(state=SnippetState.RECEIVED) | abandoned)

    def untried(self) -> "SnippetQuerySet":
        """No worker has ever taken them."""
        return self.filter(state=SnippetState.RECEIVED, attempts=0)

    def held_as(self, claimed: "Snippet") -> "SnippetQuerySet":
        """This one, as long as nobody else claimed or ended it since."""
        return self.filter(pk=claimed.pk, state=SnippetState.MEASURING, claimed_at=claimed.claimed_at)

    def overdue(self, *, at: datetime) -> "SnippetQuerySet":
        """Waiting for so long that its task must have been lost."""
        forgotten = Q(state=SnippetState.RECEIVED, received_at__lt=at - RECEIVED_OVERDUE)
        abandoned = Q(state=SnippetState.MEASURING, claimed_at__lt=at - CLAIM_HOLDS)
        return self.filter(forgotten | abandoned)


class Snippet(models.Model):
    """A short run of frames. The frames themselves lie in the spool, sealed, until they are measured."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(CaptureSession, on_delete=models.CASCADE, related_name="snippets")
    client_id = models.UUIDField(help_text=_("Chosen by the page, so that sending twice stores once."))
    state = models.CharField(max_length=10, choices=SnippetState.choices, default=SnippetState.RECEIVED)
    frame_count = models.PositiveSmallIntegerField()
    byte_count = models.PositiveIntegerField()
    spool_key = PackedField(blank=True, help_text=_("The frames' own key, wrapped. Emptied with the frames."))
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=20, choices=Failure.choices, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    record = models.OneToOneField(StressRecord, null=True, blank=True, on_delete=models.SET_NULL)

    objects = SnippetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "client_id"], name="one_row_per_sent_snippet")
        ]
        indexes = [models.Index(fields=["state", "received_at"])]

    def __str__(self) -> str:
        return f"snippet {self.public_id}"

    @property
    def is_unclaimed(self) -> bool:
        """No worker has taken it yet."""
        return self.state == SnippetState.RECEIVED
