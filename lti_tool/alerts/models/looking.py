"""Until when a file was looked at by the rule, so that nothing is judged twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lti_tool.records.models import MentalHealthFile


class LastLook(models.Model):
    """The rule's last look at a file. `asked_at`: the student was asked how they are, before anybody."""

    file = models.OneToOneField(MentalHealthFile, on_delete=models.CASCADE, related_name="last_look")
    looked_at = models.DateTimeField()
    sessions_until = models.DateTimeField(help_text=_("The end of the newest session that was judged."))
    again_at = models.DateTimeField(null=True, blank=True, help_text=_("When the rule wants to look again."))
    asked_at = models.DateTimeField(null=True, blank=True)
    is_asking = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"last look at {self.file}"
