"""The tool's own signing keys: made here, kept sealed, rotated with overlap. `key_schedule` knows when."""

from collections.abc import Mapping
from datetime import datetime
from secrets import token_hex
from typing import Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from django.db.models import QuerySet
from django.views.decorators.debug import sensitive_variables
from jwt.algorithms import RSAAlgorithm

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import ToolKey
from lti_tool.lti.protocol import key_schedule
from lti_tool.lti.services.platforms import ADMINISTRATOR
from lti_tool.vault.services import seal_small, unseal_small

KEY_BITS: Final = 3072  # as strong as 128 bits (ASVS 5.0, 11.2.3)


@transaction.atomic
def ensure_tool_key(*, at: datetime) -> ToolKey:
    """The key that signs now; made, where there is none yet."""
    known = key_schedule.signing(ToolKey.objects.all(), at)
    if known is not None:
        return known
    made = _make_tool_key(at)
    audit.record(actor=audit.SYSTEM, action=Action.TOOL_KEY_MADE, subject=f"tool-key:{made.kid}", at=at)
    return made


@sensitive_variables("private")
def sign_as_tool(*, claims: Mapping[str, object], at: datetime) -> str:
    """A compact JWT of these claims, by which a platform knows that we said it."""
    key = ensure_tool_key(at=at)
    private = unseal_small(key.private_sealed, binding=_binding(key.kid))
    return jwt.encode(dict(claims), private, algorithm="RS256", headers={"kid": key.kid})


@transaction.atomic
def rotate_tool_keys(*, at: datetime, at_once: bool = False) -> ToolKey:
    """Make a key, and let the one in use retire when platforms know the new one. Clears away what is over.

    `at_once` is for a key that somebody else may know: the old ones are gone with the same commit, and
    whoever holds an older copy of our key set refuses us until it expires.
    """
    before = ToolKey.objects.select_for_update()
    if at_once:
        before.delete()
    else:
        _clear_away(before, at)
        before.filter(retired_at=None).update(retired_at=key_schedule.successor_signs_at(at))
    made = _make_tool_key(at)
    audit.record(
        actor=ADMINISTRATOR,
        action=Action.TOOL_KEYS_ROTATED,
        subject=f"tool-key:{made.kid}",
        purpose="at once" if at_once else "with overlap",
        at=at,
    )
    return made


def _clear_away(keys: QuerySet[ToolKey], at: datetime) -> None:
    over = [key.pk for key in keys if key_schedule.is_over(key, at)]
    ToolKey.objects.filter(pk__in=over).delete()


@sensitive_variables("private", "pem")
def _make_tool_key(at: datetime) -> ToolKey:
    private = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    kid = token_hex(8)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ToolKey.objects.create(
        kid=kid,
        public_jwk=_public_jwk(private.public_key(), kid),
        private_sealed=seal_small(pem, binding=_binding(kid)),
        created_at=at,
    )


def _public_jwk(public: rsa.RSAPublicKey, kid: str) -> dict[str, str]:
    numbers = RSAAlgorithm.to_jwk(public, as_dict=True)
    return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "n": numbers["n"], "e": numbers["e"]}


def _binding(kid: str) -> bytes:
    return f"tool-key|{kid}".encode()
