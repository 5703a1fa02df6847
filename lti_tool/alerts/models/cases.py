"""Cases, what began them, what was done, and what was written. Everything in words is sealed."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.cases import CaseState, ClosingReason, Step
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.vault.models import DataKey

DETAIL_LENGTH = 40


class Origin(models.TextChoices):
    """What began a case."""

    PATTERN = "pattern", _("more tension than their usual, again and again")
    ASKED = "asked", _("asked to be contacted")


class CaseQuerySet(models.QuerySet["Case"]):
    """Questions about cases."""

    def open(self) -> "CaseQuerySet":
        """Those that somebody has to do with."""
        return self.filter(closed_at=None)

    def closed(self) -> "CaseQuerySet":
        """Those that are over, the last one first."""
        return self.exclude(closed_at=None).order_by("-closed_at", "-pk")

    def of(self, student: PlatformUser, context: Context) -> "CaseQuerySet":
        """One student's in one course."""
        return self.filter(student=student, context=context)

    def in_courses(self, contexts: Collection[int]) -> "CaseQuerySet":
        """Those of some courses."""
        return self.filter(context__in=contexts)

    def not_about(self, person: PlatformUser) -> "CaseQuerySet":
        """Nobody works on their own."""
        return self.exclude(student=person)

    def unacknowledged(self) -> "CaseQuerySet":
        """New ones, which nobody has seen."""
        return self.open().filter(state=CaseState.NEW)

    def closed_until(self, moment: datetime) -> "CaseQuerySet":
        """Those that were over by then."""
        return self.filter(closed_at__lte=moment)


class Case(models.Model):
    """The human work on one student in one course. One is open at a time; its key seals what is written."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="cases")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="cases")
    data_key = models.OneToOneField(DataKey, on_delete=models.PROTECT)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in CaseState])
    owner = models.ForeignKey(
        PlatformUser, null=True, blank=True, on_delete=models.SET_NULL, related_name="owned_cases"
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True, help_text=_("By when the next step is due."))
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text=_("The student asked for contact, and nobody has made any yet.")
    )
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True, help_text=_("Nobody acknowledged it in time."))
    escalations = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(help_text=_("The page of a counselor asks whether anything is newer."))
    closed_at = models.DateTimeField(null=True, blank=True)
    closing_reason = models.CharField(
        max_length=20, blank=True, choices=[(reason.value, reason.value) for reason in ClosingReason]
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["student", "context"], condition=models.Q(closed_at=None), name="one_open_case"
            )
        ]
        indexes = [
            models.Index(fields=["context", "closed_at"]),
            models.Index(fields=["context", "changed_at"]),
        ]

    def __str__(self) -> str:
        return f"case {self.public_id}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to do with it."""
        return self.closed_at is None


class Alert(models.Model):
    """A rule fired: what persisted, as it was seen then. Sealed under the key of its case."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="alerts")
    raised_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["raised_at"]

    def __str__(self) -> str:
        return f"alert {self.public_id}"


class CaseStep(models.Model):
    """One thing that was done, by whom and when. `detail` is one of our own codes and never a text."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, choices=[(step.value, step.value) for step in Step])
    by = models.ForeignKey(PlatformUser, null=True, on_delete=models.SET_NULL, related_name="case_steps")
    at = models.DateTimeField()
    detail = models.CharField(max_length=DETAIL_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.step} in {self.case}"


class CaseNote(models.Model):
    """A counselor's own words, for counselors. Sealed apart from everything that was measured."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(PlatformUser, null=True, on_delete=models.SET_NULL, related_name="case_notes")
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"note {self.public_id}"


class WordKind(models.TextChoices):
    """What a student says about a case of their own."""

    NOTE = "note", _("a note")
    CONTEST = "contest", _("“this is not how I was”")
    CONTACT = "contact", _("“please contact me”")


class Word(models.Model):
    """What a student said to counselors about a case, in their own words. Sealed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="words")
    kind = models.CharField(max_length=10, choices=WordKind.choices)
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"word {self.public_id}"
