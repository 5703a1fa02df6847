"""System checks: the vault refuses to start without a usable key-encryption key."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error

from lti_tool.core import env
from lti_tool.vault import keyring
from lti_tool.vault.errors import KeySettingBroken

HINT = KeySettingBroken.next_step


def key_encryption_key_is_usable(**_: object) -> Sequence[CheckMessage]:
    """vault.E001: nothing set. vault.E002: set, and not usable."""
    try:
        env.text(keyring.SETTING)
    except (env.SettingMissing, OSError):
        return [Error("No key-encryption key is set.", hint=HINT, id="vault.E001")]
    try:
        keyring.load()
    except KeySettingBroken as broken:
        return [Error(str(broken), hint=HINT, id="vault.E002")]
    return []
