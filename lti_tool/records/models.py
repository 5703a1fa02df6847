"""Mental-health files, one per student and course, and the sealed records in them."""

import uuid

from django.db import models

from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault.models import DataKey


class MentalHealthFile(models.Model):
    """What is held about one student in one course. Owned by counseling. Closed means: its key was destroyed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="files")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="files")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "context"], condition=models.Q(closed_at=None), name="one_open_file"
            )
        ]

    def __str__(self) -> str:
        return f"file {self.public_id}"


class Origin(models.TextChoices):
    """Where a record comes from. Generated records exist only in a demonstration, and every page says so."""

    MEASURED = "measured"
    GENERATED = "generated"


class StressRecord(models.Model):
    """One measured snippet, sealed. `sealed` holds everything that says how somebody was."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="records")
    session_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    schema_version = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        ordering = ["recorded_at"]
        indexes = [models.Index(fields=["file", "recorded_at"])]

    def __str__(self) -> str:
        return f"record {self.public_id}"


class Baseline(models.Model):
    """A person's usual in one course, sealed: session medians, their median and MAD."""

    file = models.OneToOneField(MentalHealthFile, on_delete=models.CASCADE, related_name="baseline")
    updated_at = models.DateTimeField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"baseline of {self.file}"


class ClassWeek(models.Model):
    """One finished week of one course, already aggregated and suppressed. All that an instructor's page reads.

    Written once when the week is over and never again, so that two views cannot be compared.
    `bands` maps a band's name to its count, or is empty when there were fewer than ten contributors.
    """

    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="weeks")
    week_start = models.DateField()
    published_at = models.DateTimeField()
    suppressed = models.BooleanField()
    bands = models.JSONField(default=dict)
    generated = models.BooleanField(default=False, help_text="True when it rests on generated records.")

    class Meta:
        ordering = ["week_start"]
        constraints = [models.UniqueConstraint(fields=["context", "week_start"], name="one_row_per_class_week")]

    def __str__(self) -> str:
        return f"class week {self.week_start}"
