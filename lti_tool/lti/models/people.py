"""People, as one platform names them."""

import uuid

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lti_tool.lti.models.platforms import Registration


class PlatformUser(models.Model):
    """A person as one platform names them. `pseudonym` is what logs and the audit may carry."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="users")
    sub = models.CharField(max_length=255)
    pseudonym = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        max_length=255, blank=True, help_text=_("Only of counselors, and of students who share it with one.")
    )
    name_shared = models.BooleanField(
        default=False, help_text=_("The student lets counselors know the name.")
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["registration", "sub"], name="one_row_per_person"),)

    def __str__(self) -> str:
        return gettext("person %(pseudonym)s") % {"pseudonym": self.pseudonym}

    @property
    def display_name(self) -> str:
        """The name, or a short pseudonym where none is kept."""
        # Translators: who stays unnamed, such as “Student 4F2A”.
        return self.name or gettext("Student %(code)s") % {"code": str(self.pseudonym)[:4].upper()}
