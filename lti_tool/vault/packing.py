"""A wrapped key and what it sealed, in one piece of bytes. Knows the form only.

One byte with the length of the version, the version, two bytes with the length of the wrapped key, the
wrapped key, and what it sealed (nothing, where that lies elsewhere).
"""

from typing import NamedTuple

from lti_tool.vault.errors import SealBroken
from lti_tool.vault.keyring import WrappedKey

_LENGTH_BYTES = 2


class Packed(NamedTuple):
    """What `pack` put together."""

    key: WrappedKey
    sealed: bytes


def pack(key: WrappedKey, sealed: bytes = b"") -> bytes:
    """Both in one piece."""
    version = key.version.encode()
    length = len(key.body).to_bytes(_LENGTH_BYTES, "big")
    return bytes([len(version)]) + version + length + key.body + sealed


def unpack(data: bytes | memoryview) -> Packed:
    """Both apart again. Raises SealBroken where there are not both."""
    whole = bytes(data)
    after_version = 1 + (whole[0] if whole else 0)
    start = after_version + _LENGTH_BYTES
    end = start + int.from_bytes(whole[after_version:start], "big")
    if not whole or end > len(whole) or end == start:
        raise SealBroken
    version = whole[1:after_version].decode("ascii", errors="replace")
    return Packed(WrappedKey(whole[start:end], version), whole[end:])
