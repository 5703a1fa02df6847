"""A key that does not let itself be seen. Knows nothing of where it came from or what it seals."""

import hmac
import os
from collections.abc import Callable
from functools import cached_property
from typing import NoReturn, SupportsIndex

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_SHOWN = "<SecretKey>"


class SecretKey:
    """A 256-bit key. It cannot be printed, formatted, pickled or copied, and shows nothing in a traceback."""

    def __init__(self, material: bytes) -> None:
        if len(material) != KEY_BYTES:
            raise ValueError(f"A key has {KEY_BYTES} bytes.")
        # Only reachable through a call: tools that print an object's attributes find nothing to print.
        self.__reveal: Callable[[], bytes] = lambda: material

    @classmethod
    def new(cls) -> "SecretKey":
        """A fresh random key."""
        return cls(os.urandom(KEY_BYTES))

    def reveal(self) -> bytes:
        """The bytes themselves: for wrapping only."""
        return self.__reveal()

    @cached_property
    def cipher(self) -> AESGCM:
        """AES-256-GCM under this key, set up once."""
        return AESGCM(self.__reveal())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SecretKey) and hmac.compare_digest(self.__reveal(), other.reveal())

    __hash__ = None  # type: ignore[assignment]  # a hash of a secret is a trace of it

    def __repr__(self) -> str:
        return _SHOWN

    def __format__(self, format_spec: str) -> str:
        return _SHOWN

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError("A SecretKey is never pickled or copied.")

    def __getstate__(self) -> NoReturn:
        raise TypeError("A SecretKey has no state to give.")
