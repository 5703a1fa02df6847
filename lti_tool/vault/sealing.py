"""Seal bytes to their place. Knows nothing of what is sealed."""

import os

from cryptography.exceptions import InvalidTag
from django.views.decorators.debug import sensitive_variables

from lti_tool.vault.errors import SealBroken
from lti_tool.vault.secrets import SecretKey

NONCE_BYTES = 12


@sensitive_variables("plaintext")
def seal(plaintext: bytes, key: SecretKey, *, binding: bytes) -> bytes:
    """AES-256-GCM with a fresh nonce in front. `binding` says where the bytes belong; it is not stored."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.cipher.encrypt(nonce, plaintext, binding)


def unseal(sealed: bytes | memoryview, key: SecretKey, *, binding: bytes) -> bytes:
    """What was sealed. Raises SealBroken when the bytes, the key or the place are others than then."""
    data = bytes(sealed)  # PostgreSQL hands out memoryviews
    try:
        return key.cipher.decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], binding)
    except (InvalidTag, ValueError):
        raise SealBroken from None
