"""RSA keys and compact JWS, written out so that a token can also be wrong. Knows nothing of claims."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

Signer = Callable[[bytes], bytes]

_HASHES: dict[str, hashes.HashAlgorithm] = {"RS256": hashes.SHA256(), "RS512": hashes.SHA512()}


@dataclass(frozen=True, slots=True)
class PlatformKey:
    kid: str
    private: rsa.RSAPrivateKey
    algorithm: str = "RS256"

    @classmethod
    def generate(cls, kid: str, *, bits: int = 2048, algorithm: str = "RS256") -> "PlatformKey":
        return cls(kid, rsa.generate_private_key(public_exponent=65537, key_size=bits), algorithm)

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message, padding.PKCS1v15(), _HASHES[self.algorithm])

    def public_jwk(self) -> dict[str, Any]:
        numbers = RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {
            "kty": "RSA",
            "use": "sig",
            "alg": self.algorithm,
            "kid": self.kid,
            "n": numbers["n"],
            "e": numbers["e"],
        }

    def hmac_with_public_key(self, message: bytes) -> bytes:
        """Sign as a forger would who hopes that the public key is taken for a shared secret."""
        pem = self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return hmac.new(pem, message, hashlib.sha256).digest()


class KeyRing:
    """The platform's signing key, and whatever else its JWKS publishes."""

    def __init__(self, signing: PlatformKey) -> None:
        self.signing = signing
        self._published = {signing.kid: signing}

    def publish(self, key: PlatformKey) -> PlatformKey:
        self._published[key.kid] = key
        return key

    def rotate(self, key: PlatformKey) -> None:
        """Sign with `key` from now on; the old one stays published."""
        self.signing = self.publish(key)

    def jwks(self) -> dict[str, Any]:
        return {"keys": [key.public_jwk() for key in self._published.values()]}


@cache
def weak_key() -> PlatformKey:
    return PlatformKey.generate("weak-1024", bits=1024)


@cache
def rs512_key() -> PlatformKey:
    return PlatformKey.generate("strong-rs512", algorithm="RS512")


@cache
def stranger_key() -> PlatformKey:
    """A good key that no platform publishes."""
    return PlatformKey.generate("stranger")


def compact(header: object, payload: object, sign: Signer) -> str:
    signed = f"{encode_segment(header)}.{encode_segment(payload)}"
    return f"{signed}.{to_base64url(sign(signed.encode()))}"


def encode_segment(value: object) -> str:
    return to_base64url(json.dumps(value, separators=(",", ":")).encode())


def to_base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def from_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
