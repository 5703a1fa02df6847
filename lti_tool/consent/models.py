"""What a student answered, to which text, and when. Rows are added; only a withdrawal's time is filled in."""

from collections.abc import Collection

from django.db import models

from lti_tool.consent.wording import FIRST_LANGUAGE
from lti_tool.domain.activation import ADULT
from lti_tool.domain.consent import ConsentText, Purpose, allows, reaches_counselor
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.lti.models import Context, PlatformUser


class Answer(models.TextChoices):
    """The two answers; both are kept, so that nobody is asked twice about the same text."""

    YES = "yes"
    NOT_NOW = "not_now"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about answers."""

    def of(self, student: PlatformUser, context: Context) -> "ConsentQuerySet":
        """One student's answers in one course."""
        return self.filter(student=student, context=context)

    def newest_first(self) -> "ConsentQuerySet":
        """The answer that holds comes first."""
        return self.order_by("-answered_at", "-pk")

    def standing(self) -> "ConsentQuerySet":
        """Those that were said yes to and not withdrawn."""
        return self.filter(answer=Answer.YES, withdrawn_at=None)


class Consent(models.Model):
    """One answer of one student in one course."""

    student = models.ForeignKey(PlatformUser, on_delete=models.CASCADE, related_name="consents")
    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="consents")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    purposes = models.JSONField(default=list, help_text="Values of domain.consent.Purpose.")
    text_version = models.CharField(max_length=20)
    text_hash = models.CharField(max_length=64)
    text_language = models.CharField(max_length=10, default=FIRST_LANGUAGE)
    adult_confirmed = models.BooleanField(default=False)
    age_asked = models.PositiveSmallIntegerField(default=ADULT, help_text="The age that was confirmed.")
    shown_by_own_act = models.BooleanField(
        default=False, help_text="The student showed the record to counselors, apart from any other choice."
    )
    answered_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["context", "student", "answered_at"])]

    def __str__(self) -> str:
        return f"consent {self.pk}"

    @property
    def is_yes(self) -> bool:
        """A yes that was not taken back."""
        return self.answer == Answer.YES and self.withdrawn_at is None

    @property
    def chosen(self) -> Collection[Purpose]:
        """What was said yes to."""
        return frozenset(Purpose(value) for value in self.purposes)

    def answers(self, text: ConsentText, *, least_age: int) -> bool:
        """Whether it was given to this text, and to a question for no lower age."""
        same = text.is_same_as(version=self.text_version, hash=self.text_hash)
        return same and (self.answer == Answer.NOT_NOW or self.age_asked >= least_age)

    def permits(self, purpose: Purpose, sharing: Sharing) -> bool:
        """Whether this answer allows a purpose, where records come before a counselor in this way."""
        if purpose is Purpose.COUNSELOR:
            reaches = reaches_counselor(self.chosen, by_own_act=self.shown_by_own_act, sharing=sharing)
            return self.is_yes and reaches
        return self.is_yes and allows(self.chosen, purpose)
