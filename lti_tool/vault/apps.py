"""Registers the vault's system checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from lti_tool.vault.checks import key_encryption_key_is_usable


class VaultConfig(AppConfig):
    """The vault room."""

    name = "lti_tool.vault"

    def ready(self) -> None:
        """Have the key setting checked at every start."""
        register(key_encryption_key_is_usable, Tags.security)
