"""Wrapped data keys. Knows nothing of what they protect."""

from django.db import models


class DataKey(models.Model):
    """A 256-bit data key, wrapped by a key-encryption key. Destroyed means: the wrapped bytes are gone."""

    wrapped = models.BinaryField(blank=True)
    kek_version = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"data key {self.pk}"


class KeyProof(models.Model):
    """Known words, sealed when a version first wrapped: the key that opens them is the one of then."""

    version = models.CharField(max_length=40, unique=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"proof of {self.version}"
