"""Diaries of the calm corner: one per student and course, read by that student alone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault.models import DataKey


class Diary(models.Model):
    """What a student lets the calm corner remember in one course. It lives as long as its key.

    `sealed` holds whether answers are kept, and what is remembered of offers.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="diaries")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="diaries")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    used_at = models.DateTimeField(help_text=_("When something was last written into it."))
    sealed = models.BinaryField(blank=True, default=b"")

    class Meta:
        verbose_name_plural = _("diaries")
        constraints = [models.UniqueConstraint(fields=["student", "context"], name="one_diary")]

    def __str__(self) -> str:
        return f"diary {self.public_id}"


class DiaryEntry(models.Model):
    """One answer to "did this help?": which exercise, and the answer, both sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="entries")
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        verbose_name_plural = _("diary entries")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"diary entry {self.public_id}"
