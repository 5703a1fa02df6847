"""The audit chain: each entry holds the hash of the one before it."""

from django.db import models


class AuditEntry(models.Model):
    """One thing that somebody did. Pseudonyms only; never changed, never deleted."""

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    purpose = models.CharField(max_length=80, blank=True)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]

    def __str__(self) -> str:
        return f"audit entry {self.sequence}"
