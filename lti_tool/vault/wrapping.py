"""Wrap and unwrap keys with the keyring of this installation. Knows no rows but the proofs."""

from collections.abc import Sequence

from lti_tool.vault import configured, proof
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.secrets import SecretKey


def wrap(key: SecretKey) -> WrappedKey:
    """The key under the current key-encryption key. Raises KeyReplaced, KeySettingBroken, Transient."""
    ring = configured.load()
    wrapped = ring.wrap([key])[0]
    proof.require(ring, wrapped.version)
    return wrapped


def unwrap(wrapped: WrappedKey) -> SecretKey:
    """The key that `wrap` wrapped. Raises WrongKey, KeySettingBroken, Transient."""
    return unwrap_all([wrapped])[0]


def unwrap_all(wrapped: Sequence[WrappedKey]) -> list[SecretKey]:
    """Many, in order; where a server keeps the keys, it is asked once."""
    return configured.load().unwrap(wrapped) if wrapped else []


def rewrap_all(wrapped: Sequence[WrappedKey]) -> list[WrappedKey]:
    """The same keys under the current key-encryption key, in order."""
    ring = configured.load()
    rewrapped = ring.rewrap(wrapped)
    for version in {key.version for key in rewrapped}:
        proof.require(ring, version)
    return rewrapped
