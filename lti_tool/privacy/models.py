"""Receipts: the proof that something was taken back or destroyed, with nothing in it that was."""

import uuid

from django.db import models

from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault.fields import PackedField


class Receipt(models.Model):
    """That something was taken back, and when. `sealed` holds what, and how much was destroyed with it.

    It is empty where no key could be had: an erasure waits for nobody.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="receipts")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="receipts")
    given_at = models.DateTimeField()
    sealed = PackedField(blank=True, default=b"")

    def __str__(self) -> str:
        return f"receipt {self.public_id}"
