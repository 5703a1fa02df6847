"""Receipts: the proof that something was destroyed, with nothing in it that was."""

import uuid

from django.db import models

from lti_tool.lti.models import Context, PlatformUser


class ErasureReceipt(models.Model):
    """What a withdrawal destroyed: counts and times only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="receipts")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="receipts")
    erased_at = models.DateTimeField()
    records_destroyed = models.PositiveIntegerField()
    snippets_destroyed = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"receipt {self.public_id}"
