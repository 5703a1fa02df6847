"""When counselors are there, how they want to be told, and that they were. No word on anybody's health."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.domain.cases import CaseState
from lti_tool.domain.staffing import StaffedHours
from lti_tool.lti.models import Deployment, PlatformUser

# Translators: the days are typed in English, in whatever language the page is: do not translate them.
HOURS_HELP = _("Days and times, as in “mon-thu 09:00-17:00; fri 09:00-13:00”.")
ZONE_UNCLEAR = _("There is no time zone “%(name)s”. Write the name of one, as in “Europe/Madrid”.")


class CareDesk(models.Model):
    """How counseling works in one deployment."""

    deployment = models.OneToOneField(
        Deployment, verbose_name=_("deployment"), on_delete=models.CASCADE, related_name="care_desk"
    )
    hours = models.CharField(_("hours"), max_length=200, default="mon-fri 09:00-17:00", help_text=HOURS_HELP)
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="UTC", help_text=_("As in “Europe/Madrid”.")
    )
    weekly_budget = models.PositiveSmallIntegerField(
        _("weekly budget"),
        default=10,
        validators=[MinValueValidator(0)],
        help_text=_("Messages at once for each counselor and week. The others come in one daily message."),
    )
    escalation_address = models.EmailField(
        _("escalation address"),
        blank=True,
        help_text=_("Who is told when no counselor has acknowledged a case in time."),
    )
    asks_student_first = models.BooleanField(
        _("asks student first"),
        default=True,
        help_text=_("Ask the student how they are before a counselor is told of a pattern."),
    )

    class Meta:
        verbose_name = _("care desk")
        verbose_name_plural = _("care desks")

    def __str__(self) -> str:
        return gettext("care desk of %(deployment)s") % {"deployment": self.deployment}

    def clean(self) -> None:
        """Hours and time zone can be read."""
        try:
            zone = ZoneInfo(self.time_zone)
        except (ValueError, OSError, ZoneInfoNotFoundError):
            raise ValidationError({"time_zone": ZONE_UNCLEAR % {"name": self.time_zone}}) from None
        try:
            StaffedHours.parse(self.hours, zone)
        except ValueError as unclear:
            raise ValidationError({"hours": f"{unclear} {HOURS_HELP}"}) from None

    def staffed_hours(self) -> StaffedHours:
        """The hours as a rule. Raises ValueError, ZoneInfoNotFoundError."""
        return StaffedHours.parse(self.hours, ZoneInfo(self.time_zone))


class CounselorAddress(models.Model):
    """Where and in which language a counselor wants to be told, if at all. They write it themselves."""

    counselor = models.OneToOneField(PlatformUser, on_delete=models.CASCADE, related_name="address")
    email = models.EmailField()
    only_digest = models.BooleanField(default=False)
    language = models.CharField(
        max_length=10,
        blank=True,
        help_text=_("In which the page was read when this was saved. Empty: the installation’s own."),
    )
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"address of {self.counselor}"


class NoticeKind(models.TextChoices):
    """Why somebody was told."""

    NEW = "new"
    ASKED = "asked"
    ESCALATION = "escalation"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def waiting(self) -> "NoticeQuerySet":
        """What was not told yet and still is worth it: nobody was faster, and there is an address for it."""
        unseen = models.Q(case__state=CaseState.NEW)
        theirs = models.Q(kind=NoticeKind.ASKED) | models.Q(case__owner=models.F("counselor"))
        unsent = self.filter(unseen | theirs, sent_at=None, case__closed_at=None)
        return unsent.exclude(counselor__isnull=False, counselor__address=None)


class Notice(models.Model):
    """One counselor is to be told of one case: at once, or in the next digest. Never dropped, sent once.

    One without a counselor is for the escalation address of the care desk.
    """

    counselor = models.ForeignKey(PlatformUser, null=True, on_delete=models.CASCADE, related_name="notices")
    case = models.ForeignKey("alerts.Case", on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    at_once = models.BooleanField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["counselor", "case", "kind"], name="told_once_of_each_kind")
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"


class Outcome(models.Model):
    """How many cases ended for a reason in a month. Nobody is in it, so that it outlives the cases."""

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="outcomes")
    month = models.DateField(help_text=_("Its first day."))
    origin = models.CharField(max_length=10)
    reason = models.CharField(max_length=20)
    cases = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deployment", "month", "origin", "reason"], name="one_outcome_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} in {self.month}"
