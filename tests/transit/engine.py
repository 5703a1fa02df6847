"""Named keys with versions: encrypt, decrypt, rewrap, rotate. Knows no HTTP and no tokens."""

import base64
import binascii
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

Item = Mapping[str, Any]
Answer = dict[str, Any]

TOO_OLD = "ciphertext or signature version is disallowed by policy (too old)"
NOT_ITS_OWN = "cipher: message authentication failed"
CIPHERTEXT = re.compile(r"vault:v(\d+):(.+)")
NONCE_BYTES = 12


class Refusal(Exception):
    """An answer other than 200. `data` is what a batch still tells of its parts."""

    def __init__(self, status: int, *errors: str, data: Answer | None = None) -> None:
        self.status, self.errors, self.data = status, errors, data
        super().__init__(*errors)


class ItemRefused(Exception):
    """One item of a batch cannot be done."""


@dataclass
class NamedKey:
    """An aes256-gcm96 key: each rotation adds a version."""

    versions: list[bytes] = field(default_factory=lambda: [os.urandom(32)])
    min_decryption_version: int = 1
    min_encryption_version: int = 0
    deletion_allowed: bool = False

    @property
    def latest(self) -> int:
        return len(self.versions)

    def encrypt(self, plaintext: bytes, version: int = 0) -> tuple[str, int]:
        chosen = version or self.latest
        if chosen > self.latest:
            raise ItemRefused("requested version for encryption is higher than the latest key version")
        if chosen < self.min_encryption_version:
            raise ItemRefused(
                "requested version for encryption is less than the minimum encryption key version"
            )
        nonce = os.urandom(NONCE_BYTES)
        body = nonce + AESGCM(self.versions[chosen - 1]).encrypt(nonce, plaintext, None)
        return f"vault:v{chosen}:{base64.b64encode(body).decode()}", chosen

    def decrypt(self, ciphertext: str) -> bytes:
        found = CIPHERTEXT.fullmatch(ciphertext)
        if found is None:
            raise ItemRefused("invalid ciphertext: no prefix")
        version = int(found[1])
        if version > self.latest:
            raise ItemRefused("invalid ciphertext: version is too new")
        if version < self.min_decryption_version:
            raise ItemRefused(TOO_OLD)
        body = _decoded(found[2], "invalid ciphertext: could not decode base64")
        try:
            return AESGCM(self.versions[version - 1]).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], None)
        except (InvalidTag, ValueError):
            raise ItemRefused(NOT_ITS_OWN) from None

    def describe(self, name: str) -> Answer:
        return {
            "name": name,
            "type": "aes256-gcm96",
            "latest_version": self.latest,
            "min_decryption_version": self.min_decryption_version,
            "min_encryption_version": self.min_encryption_version,
            "deletion_allowed": self.deletion_allowed,
            "keys": {str(number): 0 for number in range(self.min_decryption_version, self.latest + 1)},
        }


@dataclass
class Engine:
    """One mount."""

    keys: dict[str, NamedKey] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def create(self, name: str) -> None:
        self.keys.setdefault(name, NamedKey())

    def rotate(self, name: str) -> None:
        self._key(name).versions.append(os.urandom(32))

    def configure(self, name: str, body: Item) -> None:
        key = self._key(name)
        if not 1 <= int(body.get("min_decryption_version", 1)) <= key.latest:
            raise Refusal(400, "cannot set min decryption version beyond the latest version")
        for setting in ("min_decryption_version", "min_encryption_version", "deletion_allowed"):
            if setting in body:
                setattr(key, setting, body[setting])

    def delete(self, name: str) -> None:
        if not self._key(name).deletion_allowed:
            raise Refusal(400, "deletion is not allowed for this key")
        del self.keys[name]

    def encrypt(self, name: str, body: Item, *, may_create: bool) -> Answer:
        if name not in self.keys and may_create:  # the upsert that a careless policy allows
            self.create(name)
        key = self._key(name)
        return self._batch(body, "plaintext", lambda item: self._encrypt(key, item))

    def decrypt(self, name: str, body: Item) -> Answer:
        key = self._key(name)
        return self._batch(
            body,
            "ciphertext",
            lambda item: {"plaintext": base64.b64encode(key.decrypt(item["ciphertext"])).decode()},
        )

    def rewrap(self, name: str, body: Item) -> Answer:
        """Unlike the others: single refusals leave the answer at 200, a broken ciphertext makes it 500."""
        key, results = self._key(name), []
        for item in _items(body, "ciphertext"):
            try:
                ciphertext, version = key.encrypt(key.decrypt(item["ciphertext"]), item.get("key_version", 0))
                results.append({"ciphertext": ciphertext, "key_version": version, "reference": ""})
            except ItemRefused as refused:
                if str(refused) == NOT_ITS_OWN:
                    raise Refusal(500, f"1 error occurred:\n\t* {refused}\n\n") from None
                results.append({"error": str(refused), "reference": ""})
        return _answer(body, results)

    def data_key(self, name: str, *, plaintext: bool) -> Answer:
        material = os.urandom(32)
        ciphertext, version = self._key(name).encrypt(material)
        shown = {"plaintext": base64.b64encode(material).decode()} if plaintext else {}
        return {"ciphertext": ciphertext, "key_version": version, **shown}

    def read(self, name: str) -> Answer:
        return self._key(name, status=404).describe(name)

    def _encrypt(self, key: NamedKey, item: Item) -> Answer:
        plaintext = _decoded(item["plaintext"], "failed to base64-decode plaintext")
        ciphertext, version = key.encrypt(plaintext, item.get("key_version", 0))
        return {"ciphertext": ciphertext, "key_version": version}

    def _batch(self, body: Item, needed: str, act: Callable[[Item], Answer]) -> Answer:
        """Each item by itself. One that fails makes the answer a 400, which tells the others all the same."""
        results: list[Answer] = []
        for item in _items(body, needed):
            try:
                results.append({**act(item), "reference": item.get("reference", "")})
            except ItemRefused as refused:
                results.append({"error": str(refused), "reference": item.get("reference", "")})
        failed = [result["error"] for result in results if "error" in result]
        if failed and "batch_input" in body:
            told_as = body.get("partial_failure_response_code", 400) if len(failed) < len(results) else 400
            raise Refusal(told_as, data={"batch_results": results})
        if failed:
            raise Refusal(400, *failed)
        return _answer(body, results)

    def _key(self, name: str, status: int = 400) -> NamedKey:
        if name not in self.keys:
            raise Refusal(status, *(["encryption key not found"] if status == 400 else []))
        return self.keys[name]


def _items(body: Item, needed: str) -> Sequence[Item]:
    items: Sequence[Item] = body.get("batch_input", [body])
    if not items:
        raise Refusal(400, "missing batch input to process")
    if not all(item.get(needed) for item in items):
        raise Refusal(400, f"missing {needed} to process")
    return items


def _answer(body: Item, results: list[Answer]) -> Answer:
    if "batch_input" in body:
        return {"batch_results": results}
    if "error" in results[0]:
        raise Refusal(400, results[0]["error"])
    return results[0]


def _decoded(text: str, complaint: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ItemRefused(complaint) from None
