"""What a student answered, to which text, and when. Rows are added, never rewritten."""

from django.db import models

from lti_tool.lti.models import Context, PlatformUser


class Answer(models.TextChoices):
    """The two answers; both are kept, so that nobody is asked twice for the same text."""

    YES = "yes"
    NOT_NOW = "not_now"


class Consent(models.Model):
    """One answer of one student in one course."""

    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="consents")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    purposes = models.JSONField(default=list, help_text="Values of domain.consent.Purpose.")
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    adult_confirmed = models.BooleanField(default=False)
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["context", "student", "answered_at"])]

    def __str__(self) -> str:
        return f"consent {self.pk}"
