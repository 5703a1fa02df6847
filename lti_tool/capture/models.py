"""Capture sessions and the snippets on their way to a record."""

import uuid

from django.db import models

from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.records.models import StressRecord


class CaptureSession(models.Model):
    """One stretch of time in which a student let the camera be on."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="capture_sessions")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="capture_sessions")
    resource_link = models.ForeignKey(ResourceLink, null=True, on_delete=models.SET_NULL)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"capture session {self.public_id}"


class SnippetState(models.TextChoices):
    """A snippet is received, claimed by one worker, and ends in exactly one of the last three."""

    RECEIVED = "received"
    MEASURING = "measuring"
    MEASURED = "measured"
    FAILED = "failed"
    DISCARDED = "discarded"


class Snippet(models.Model):
    """A short run of frames. The frames themselves lie in the spool, sealed, until they are measured."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(CaptureSession, on_delete=models.CASCADE, related_name="snippets")
    client_id = models.UUIDField(help_text="Chosen by the page, so that sending twice stores once.")
    state = models.CharField(max_length=10, choices=SnippetState.choices, default=SnippetState.RECEIVED)
    frame_count = models.PositiveSmallIntegerField()
    byte_count = models.PositiveIntegerField()
    spool_key = models.BinaryField(blank=True, help_text="The frames' own key, wrapped. Emptied with the frames.")
    attempts = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=40, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    record = models.OneToOneField(StressRecord, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "client_id"], name="one_row_per_sent_snippet")
        ]
        indexes = [models.Index(fields=["state", "received_at"])]

    def __str__(self) -> str:
        return f"snippet {self.public_id}"
