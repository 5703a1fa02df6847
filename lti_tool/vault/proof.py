"""Notice another key under a known name before anything is wrapped with it.

Each version leaves a proof when it first wraps: known words, sealed. The key-encryption key that opens them
is the one of then.
"""

from functools import partial

from django.db import transaction

from lti_tool.core.words import gettext as _
from lti_tool.vault import packing
from lti_tool.vault.errors import KeyReplaced, SealBroken, WrongKey
from lti_tool.vault.keyring import Keyring
from lti_tool.vault.models import KeyProof
from lti_tool.vault.sealing import seal, unseal
from lti_tool.vault.secrets import SecretKey

_WORDS = b"the key of then"
_BINDING = b"attune/proof/"

# By version, what identified the key when its proof was opened: with the same identity it need not be again.
_proven: dict[str, object] = {}


def require(ring: Keyring, version: str) -> None:
    """Let nothing be stored under a version that another key took over. Raises KeyReplaced, Transient."""
    identity = ring.identity(version)
    if _proven.get(version) == identity:
        return
    proof = KeyProof.objects.filter(version=version).first() or _leave(ring, version)
    if proof is not None:
        verify(ring, proof)
        _proven[version] = identity


def verify(ring: Keyring, proof: KeyProof) -> None:
    """Whether the key is the one that left the proof. Raises KeyReplaced, Transient."""
    try:
        wrapped, sealed = packing.unpack(proof.sealed)
        unseal(sealed, ring.unwrap([wrapped])[0], binding=_binding(proof.version))
    except (WrongKey, SealBroken):
        text = _("The key-encryption key of version %(version)s is not the one used under that name before.")
        raise KeyReplaced(text % {"version": proof.version}) from None


def _leave(ring: Keyring, version: str) -> KeyProof | None:
    """Begin a proof. Gives one that another process left in the same moment."""
    key = SecretKey.new()
    wrapped = ring.wrap([key])[0]
    if wrapped.version != version:
        return None  # rotated just now: who wraps next begins it
    sealed = packing.pack(wrapped, seal(_WORDS, key, binding=_binding(version)))
    proof, made = KeyProof.objects.get_or_create(version=version, defaults={"sealed": sealed})
    if not made:
        return proof
    # Remembered once others can see it, too: the transaction may yet be rolled back.
    transaction.on_commit(partial(_proven.__setitem__, version, ring.identity(version)))
    return None


def _binding(version: str) -> bytes:
    return _BINDING + version.encode()
