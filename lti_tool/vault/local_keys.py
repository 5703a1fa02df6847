"""Key-encryption keys in this process's own hands. Knows their format as text, not where the text came from.

32 random bytes in base64. While keys are rotated there are several with their versions, the one in use first:
`v2:BASE64,v1:BASE64`. Without a version it is `v1`.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.core.words import gettext as _
from lti_tool.vault.errors import KeySettingBroken, SealBroken, WrongKey
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import KEY_BYTES, SecretKey

_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")
_FIRST_VERSION = "v1"
_KEY_BINDING = b"attune/key/"


@dataclass(frozen=True, slots=True)
class LocalKeys:
    """Every key by its version; `current` wraps what is new."""

    current: str
    keys: dict[str, SecretKey]

    def current_version(self) -> str:
        """The version that wraps what is new."""
        return self.current

    def holds(self, version: str) -> bool:
        """Whether there is a key of this version."""
        return version in self.keys

    def identity(self, version: str) -> object:
        """The key itself, which can be compared and not be seen."""
        return self.keys[version]

    def wrap(self, keys: Sequence[SecretKey]) -> list[WrappedKey]:
        """Each key under the current one."""
        binding = _binding(self.current)
        own = self.keys[self.current]
        return [WrappedKey(seal(key.reveal(), own, binding=binding), self.current) for key in keys]

    def unwrap(self, wrapped: Sequence[WrappedKey]) -> list[SecretKey]:
        """Each key. Raises WrongKey."""
        return [self._unwrap(key) for key in wrapped]

    def rewrap(self, wrapped: Sequence[WrappedKey]) -> list[WrappedKey]:
        """The same keys under the current one. Raises WrongKey."""
        return self.wrap(self.unwrap(wrapped))

    def _unwrap(self, wrapped: WrappedKey) -> SecretKey:
        try:
            own = self.keys[wrapped.version]
            return SecretKey(unseal(wrapped.body, own, binding=_binding(wrapped.version)))
        except (KeyError, SealBroken):
            raise WrongKey from None


def parse(setting: str) -> LocalKeys:
    """Keys from the setting's text. Raises KeySettingBroken, without a word of the text."""
    found = [_parsed(entry) for entry in setting.split(",")]
    del setting  # whoever writes down the locals of what is raised here finds nothing
    entries = [entry for entry in found if not isinstance(entry, str)]
    if len(entries) < len(found):
        raise KeySettingBroken(next(problem for problem in found if isinstance(problem, str)))
    keys = dict(entries)
    if len(keys) != len(entries):
        raise KeySettingBroken(_("Two keys in ATTUNE_KEK have the same version."))
    return LocalKeys(current=entries[0][0], keys=keys)


def _parsed(entry: str) -> tuple[str, SecretKey] | str:
    """A version and its key, or what is wrong with it: raising here would take the text along."""
    version, colon, text = entry.strip().rpartition(":")
    version = version if colon else _FIRST_VERSION
    if not _VERSION.fullmatch(version):
        return _("A version in ATTUNE_KEK has other characters than letters, digits and . _ -")
    try:
        material = base64.b64decode(text, validate=True)
    except binascii.Error:
        return _("Key %(version)s in ATTUNE_KEK is not base64.") % {"version": version}
    if len(material) != KEY_BYTES:
        facts = {"version": version, "has": len(material), "needed": KEY_BYTES}
        return _("Key %(version)s in ATTUNE_KEK has %(has)d bytes, not %(needed)d.") % facts
    return version, SecretKey(material)


def _binding(version: str) -> bytes:
    return _KEY_BINDING + version.encode()
