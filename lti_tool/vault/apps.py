"""Registers the vault's system checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class VaultConfig(AppConfig):
    """The vault room."""

    name = "lti_tool.vault"

    def ready(self) -> None:
        """Have the keyring checked at every start, and against what is stored before every migration."""
        from lti_tool.vault import checks

        register(checks.key_encryption_key_is_usable, Tags.security)
        register(checks.key_encryption_keys_are_the_same, Tags.database)
