"""The keys by which platforms know this tool."""

from django.db import models

from lti_tool.vault.fields import PackedField


class ToolKey(models.Model):
    """The tool's own signing key; `private_sealed` is sealed under a key of its own, wrapped in front of it.

    `retired_at` is set when its successor is made, and lies a day ahead then.
    """

    kid = models.CharField(max_length=64, unique=True)
    public_jwk = models.JSONField()
    private_sealed = PackedField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"tool key {self.kid}"
