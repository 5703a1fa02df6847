"""The tool's own signing key: made once, kept sealed, published as a JWK."""

from datetime import datetime
from secrets import token_hex
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.db import transaction
from jwt.algorithms import RSAAlgorithm

from lti_tool.lti.models import ToolKey
from lti_tool.vault.services import seal_small, unseal_small

KEY_BITS: Final = 2048


@transaction.atomic
def ensure_tool_key(*, at: datetime) -> ToolKey:
    """The key in use; made, where there is none yet."""
    return ToolKey.objects.filter(retired_at=None).order_by("created_at").last() or _make_tool_key(at)


def sign(claims: dict[str, Any], *, at: datetime) -> str:
    """A JWT of these claims under the key in use."""
    key = ensure_tool_key(at=at)
    pem = unseal_small(key.private_sealed, binding=_binding(key.kid))
    return jwt.encode(claims, pem, algorithm="RS256", headers={"kid": key.kid})


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
