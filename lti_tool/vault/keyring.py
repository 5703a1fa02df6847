"""The key-encryption keys of this installation. Knows the setting's format, not what the keys wrap.

ATTUNE_KEK (or the file ATTUNE_KEK_FILE names) holds 32 random bytes in base64. While keys are rotated it
holds several with their versions, the one in use first: `v2:BASE64,v1:BASE64`. Without a version it is `v1`.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from django.views.decorators.debug import sensitive_variables

from lti_tool.core import env
from lti_tool.vault.errors import KeySettingBroken, WrongKey
from lti_tool.vault.secrets import KEY_BYTES, SecretKey

SETTING = "ATTUNE_KEK"
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")
_FIRST_VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every key-encryption key in use, by version; `current` wraps what is new."""

    current: str
    keys: dict[str, SecretKey]

    def key(self, version: str) -> SecretKey:
        """The key of a version. Raises WrongKey when this installation does not have it."""
        if version not in self.keys:
            raise WrongKey(f"There is no key-encryption key of version {version!r} in {SETTING}.")
        return self.keys[version]


@sensitive_variables("setting")
def load() -> Keyring:
    """Read the setting, every time: a rotated key is in use without a restart. Raises KeySettingBroken."""
    try:
        setting = env.text(SETTING)
    except (env.SettingMissing, OSError) as missing:
        raise KeySettingBroken(f"{SETTING} cannot be read: {type(missing).__name__}.") from None
    return parse(setting)


@sensitive_variables("setting", "entries")
def parse(setting: str) -> Keyring:
    """Keys from the setting's text. Raises KeySettingBroken, without a word of the text."""
    entries = [_parse_entry(entry) for entry in setting.split(",")]
    keys = dict(entries)
    if len(keys) != len(entries):
        raise KeySettingBroken(f"Two keys in {SETTING} have the same version.")
    return Keyring(current=entries[0][0], keys=keys)


@sensitive_variables("entry", "text", "material")
def _parse_entry(entry: str) -> tuple[str, SecretKey]:
    version, colon, text = entry.strip().rpartition(":")
    version = version if colon else _FIRST_VERSION
    if not _VERSION.fullmatch(version):
        raise KeySettingBroken(f"A version in {SETTING} has other characters than letters, digits and . _ -")
    try:
        material = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise KeySettingBroken(f"Key {version} in {SETTING} is not base64.") from None
    if len(material) != KEY_BYTES:
        raise KeySettingBroken(f"Key {version} in {SETTING} has {len(material)} bytes, not {KEY_BYTES}.")
    return version, SecretKey(material)
