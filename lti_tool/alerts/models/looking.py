"""Until when a file was looked at by the rule, so that nothing is judged twice."""

from django.db import models

from lti_tool.records.models import MentalHealthFile


class LastLook(models.Model):
    """The rule's last look at one file. `asked_at`: the student was asked how they are, before anybody else."""

    file = models.OneToOneField(MentalHealthFile, on_delete=models.CASCADE, related_name="last_look")
    looked_at = models.DateTimeField()
    sessions_until = models.DateTimeField(help_text="The end of the newest session that was judged.")
    asked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"last look at {self.file}"
