"""Courses, and the places in them from which the tool is opened."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.models.platforms import Deployment
from lti_tool.lti.protocol.placement import Page
from lti_tool.lti.validators import within


class Context(models.Model):
    """A course."""

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="contexts")
    context_id = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    memberships_url = models.CharField(
        max_length=1000, blank=True, help_text=_("Where the platform offers the course list; empty: nowhere.")
    )
    class_size = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Active learners on the course list when it was last read.")
    )
    copied_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the platform said that this course was made from another.")
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["deployment", "context_id"], name="one_row_per_course"),
        )

    def __str__(self) -> str:
        return self.title or gettext("course %(number)s") % {"number": self.pk}


class ResourceLink(models.Model):
    """One place in a course from which the tool is opened, with what its author chose when placing it."""

    context = models.ForeignKey(Context, on_delete=models.CASCADE, related_name="resource_links")
    resource_link_id = models.CharField(max_length=255)
    title = models.CharField(max_length=255, blank=True)
    page = models.CharField(max_length=20, blank=True, choices=[(page.value, page.value) for page in Page])
    difficulty = models.PositiveSmallIntegerField(null=True, blank=True, validators=within(1, 5))
    due_date = models.DateField(null=True, blank=True)
    timed = models.BooleanField(
        default=False, help_text=_("The work beside it runs against a clock: nobody is interrupted there.")
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["context", "resource_link_id"], name="one_row_per_resource_link"),
            models.CheckConstraint(
                name="difficulty_within_bounds",
                condition=models.Q(difficulty=None) | models.Q(difficulty__range=(1, 5)),
            ),
        )

    def __str__(self) -> str:
        return self.title or f"resource link {self.pk}"
