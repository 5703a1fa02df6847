"""Mental-health files, one per student and course, and the sealed records in them."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.checkins import Shared
from lti_tool.domain.emergency import EmergencyReason, Window
from lti_tool.lti.models import Context, PlatformUser, ResourceLink
from lti_tool.vault.models import DataKey


class MentalHealthFile(models.Model):
    """What is held about one student in one course. Owned by counseling. Closed means: key destroyed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="files")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="files")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    off_list_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the platform's course list was first seen without the student."),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "context"], condition=models.Q(closed_at=None), name="one_open_file"
            )
        ]

    def __str__(self) -> str:
        return f"file {self.public_id}"


class EmergencyQuerySet(models.QuerySet["EmergencyGrant"]):
    """Questions about emergencies."""

    def with_file(self) -> "EmergencyQuerySet":
        """With all that opening the file asks for, in one query."""
        return self.select_related("reader", "file__data_key", "file__student", "file__context__deployment")


class EmergencyGrant(models.Model):
    """That one file was opened to one counselor for hours, in an emergency. Kept as long as the file's row.

    `reference` is the number of the case where counseling keeps its cases. The student reads it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="emergencies")
    reader = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="emergencies")
    reason = models.CharField(
        max_length=40, choices=[(reason.value, reason.value) for reason in EmergencyReason]
    )
    reference = models.CharField(max_length=40)
    granted_by = models.CharField(max_length=200)
    granted_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)

    objects = EmergencyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"emergency {self.pk}"

    @property
    def window(self) -> Window:
        """When it is open."""
        return Window(self.granted_at, self.expires_at, self.ended_at)


class Origin(models.TextChoices):
    """Where a record comes from. Generated records exist only in a demonstration, and every page says so."""

    MEASURED = "measured"
    GENERATED = "generated"


class RecordQuerySet(models.QuerySet["StressRecord"]):
    """Questions about records."""

    def of(self, file: MentalHealthFile) -> "RecordQuerySet":
        """One file's, oldest first."""
        return self.filter(file=file).order_by("recorded_at", "pk")

    def of_files(self, files: Collection[MentalHealthFile]) -> "RecordQuerySet":
        """Several files', oldest first."""
        return self.filter(file__in=files).order_by("recorded_at", "pk")

    def since(self, start: datetime | None) -> "RecordQuerySet":
        """Those from a moment on; all when there is none."""
        return self if start is None else self.filter(recorded_at__gte=start)

    def between(self, first: datetime, last: datetime) -> "RecordQuerySet":
        """Those of a stretch of time, both ends in it."""
        return self.filter(recorded_at__range=(first, last))


class StressRecord(models.Model):
    """One measured snippet, sealed. `sealed` holds everything that says how somebody was."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="records")
    session_id = models.UUIDField()
    recorded_at = models.DateTimeField()
    origin = models.CharField(max_length=10, choices=Origin.choices)
    schema_version = models.PositiveSmallIntegerField(default=1)
    sealed = models.BinaryField()

    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at"]
        indexes = [
            models.Index(fields=["file", "recorded_at"]),
            models.Index(fields=["file", "session_id", "recorded_at"]),
        ]

    def __str__(self) -> str:
        return f"record {self.public_id}"


# Raise it whenever a summary would come out differently from the same records: all are then made anew.
SUMMARY_SCHEMA: Final = 1
DUE: Final = 0


class SummaryQuerySet(models.QuerySet["SealedSummary"]):
    """Questions about summaries."""

    def of_files(self, files: Collection[MentalHealthFile]) -> "SummaryQuerySet":
        """Those of some files' sessions."""
        return self.filter(file__in=files)

    def since(self, start: datetime | None) -> "SummaryQuerySet":
        """Of sessions that went on at a moment or after it; all when there is none."""
        return self if start is None else self.filter(ended_at__gte=start)

    def before(self, end: datetime) -> "SummaryQuerySet":
        """Of sessions that were over by then."""
        return self.filter(ended_at__lt=end)

    def due(self) -> "SummaryQuerySet":
        """Those that are to be made, or made again."""
        return self.filter(schema_version__lt=SUMMARY_SCHEMA)


class SealedSummary(models.Model):
    """What the records of one session come to, sealed: what lists and trends read instead of the records.

    Every session with a record has one. It is DUE, and empty, from the moment something was added to its
    session until it is made; whoever reads it meanwhile reads the records.
    """

    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="summaries")
    session_id = models.UUIDField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    schema_version = models.PositiveSmallIntegerField(default=DUE)
    sealed = models.BinaryField(blank=True, default=b"")

    objects = SummaryQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "session_id"], name="one_summary_per_session")]
        indexes = [
            models.Index(fields=["file", "ended_at"]),
            models.Index(fields=["schema_version", "ended_at"]),
        ]

    def __str__(self) -> str:
        return f"summary of session {self.session_id}"


class SessionRemark(models.Model):
    """A student's own word on one of their sessions, sealed. It goes with the session's last record."""

    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="remarks")
    session_id = models.UUIDField()
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "session_id"], name="one_remark_per_session")]

    def __str__(self) -> str:
        return f"remark on session {self.session_id}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Questions about check-ins."""

    def of_files(self, files: Collection[MentalHealthFile]) -> "CheckInQuerySet":
        """Those in some files, oldest first."""
        return self.filter(file__in=files).order_by("at", "pk")

    def since(self, start: datetime | None) -> "CheckInQuerySet":
        """Those from a moment on; all when there is none."""
        return self if start is None else self.filter(at__gte=start)

    def shown_by_own_act(self) -> "CheckInQuerySet":
        """Those that counselors may see whatever else is shared."""
        return self.filter(shared=Shared.BY_OWN_ACT)


class CheckIn(models.Model):
    """What a student said of themselves at a moment, sealed. Whom it is shown to lies open, and is bound."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.ForeignKey(MentalHealthFile, on_delete=models.CASCADE, related_name="check_ins")
    at = models.DateTimeField()
    shared = models.CharField(max_length=12, choices=[(shared.value, shared.value) for shared in Shared])
    sealed = models.BinaryField()

    objects = CheckInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["file", "at"])]

    def __str__(self) -> str:
        return f"check-in {self.public_id}"


class Baseline(models.Model):
    """The middle scores of a person's sessions in one course, sealed: their usual is made from them."""

    file = models.OneToOneField(MentalHealthFile, on_delete=models.CASCADE, related_name="baseline")
    updated_at = models.DateTimeField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"baseline of {self.file}"


class ClassWeek(models.Model):
    """One finished week of a course, already aggregated and suppressed. All that an instructor's page reads.

    Written once when the week is over and never again, so that two views cannot be compared.
    `bands` maps a Level to its share of the contributors in per cent, rounded to tens and at most 90. A
    band that is not in it is hidden (too few people), which is not zero. No number of people is kept.
    """

    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="weeks")
    week_start = models.DateField()
    published_at = models.DateTimeField()
    suppressed = models.BooleanField()
    bands = models.JSONField(default=dict)
    generated = models.BooleanField(default=False, help_text=_("True when it rests on generated records."))

    class Meta:
        ordering = ["week_start"]
        constraints = [
            models.UniqueConstraint(fields=["context", "week_start"], name="one_row_per_class_week")
        ]

    def __str__(self) -> str:
        return f"class week {self.week_start}"


class ActivityWeek(models.Model):
    """What may be told of one activity in one finished week. Made with its week, once and never again.

    There is one for every place of the course from which the camera can be opened, also where nobody opened
    it. `above` is the share that was above their own usual, in per cent, in tens; empty where they were too
    few to show, or none. No number of people is kept.
    """

    week = models.ForeignKey(ClassWeek, on_delete=models.CASCADE, related_name="activities")
    activity = models.ForeignKey(ResourceLink, on_delete=models.CASCADE, related_name="weeks")
    suppressed = models.BooleanField()
    above = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["week", "activity"], name="one_row_per_activity_week")]

    def __str__(self) -> str:
        return f"activity {self.activity_id} in {self.week}"
