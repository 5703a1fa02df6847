"""Receipts: the proof that something was taken back or destroyed, with nothing in it that was."""

import uuid

from django.db import models

from lti_tool.domain.consent import Purpose
from lti_tool.lti.models import Context, PlatformUser


class Receipt(models.Model):
    """What a withdrawal took back, and how much it destroyed: a purpose, counts and times only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="receipts")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="receipts")
    given_at = models.DateTimeField()
    purpose = models.CharField(
        max_length=20,
        blank=True,
        choices=[(purpose.value, purpose.value) for purpose in Purpose],
        help_text="What alone was taken back. Empty: everything.",
    )
    records_destroyed = models.PositiveIntegerField()
    snippets_destroyed = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"receipt {self.public_id}"
