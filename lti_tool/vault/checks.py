"""System checks: the vault refuses to start without the key-encryption keys it began with."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Error
from django.db import DatabaseError

from lti_tool.core import env
from lti_tool.core.errors import AttuneError
from lti_tool.vault import configured, proof
from lti_tool.vault.errors import KeyReplaced, KeySettingBroken
from lti_tool.vault.keyring import Keyring
from lti_tool.vault.models import DataKey, KeyProof
from lti_tool.vault.secrets import SecretKey


def key_encryption_key_is_usable(**_: object) -> Sequence[CheckMessage]:
    """vault.E001: nothing set. vault.E002: set, and not usable. Asks no server."""
    if env.text("ATTUNE_KEYRING", "local") == "local" and not configured.is_local_set():
        return [Error("No key-encryption key is set.", hint=KeySettingBroken.next_step, id="vault.E001")]
    try:
        configured.load()
    except KeySettingBroken as broken:
        return [_error(broken, "vault.E002")]
    return []


def key_encryption_keys_are_the_same(
    databases: Sequence[str] | None = None, **_: object
) -> Sequence[CheckMessage]:
    """Before migrating, and with `check --database default`: do the keys open what is stored?

    vault.E003: another key under a known version. E004: the server that keeps the keys does not let us.
    E005: something is wrapped by a version that is not in the keyring.
    """
    if not databases:
        return []
    try:
        ring = configured.load()
        proofs = list(KeyProof.objects.all())
        used = set(DataKey.objects.filter(destroyed_at=None).values_list("kek_version", flat=True).distinct())
    except KeySettingBroken:
        return []  # vault.E001 or E002 says so
    except DatabaseError:
        return []  # not migrated yet: nothing was ever wrapped
    return [*_lost(ring, used), *_replaced(ring, proofs)]


def _lost(ring: Keyring, used: set[str]) -> list[CheckMessage]:
    return [
        Error(
            f"Files are wrapped by the key-encryption key {version!r}, which is not in the keyring.",
            hint="Add it again; it may go when manage.py rewrap says so.",
            id="vault.E005",
        )
        for version in sorted(used)
        if not ring.holds(version)
    ]


def _replaced(ring: Keyring, proofs: Sequence[KeyProof]) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    try:
        ring.wrap([SecretKey.new()])
        for known in proofs:
            if ring.holds(known.version):
                found += _tried(ring, known)
    except AttuneError as error:
        found.append(_error(error, "vault.E004"))
    return found


def _tried(ring: Keyring, known: KeyProof) -> list[CheckMessage]:
    try:
        proof.verify(ring, known)
    except KeyReplaced as replaced:
        return [_error(replaced, "vault.E003")]
    return []


def _error(error: AttuneError, id: str) -> CheckMessage:
    return Error(str(error), hint=error.shown_next_step, id=id)
