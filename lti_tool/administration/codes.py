"""How backup codes are made and read, and how a secret is told to an authenticator. Knows no account."""

import hashlib
import re
from base64 import b32encode
from secrets import token_bytes
from typing import Final
from urllib.parse import quote, urlencode

import segno

BACKUP_CODES: Final = 8
BACKUP_BYTES: Final = 15  # 120 bits: from 112 on a plain hash is enough (ASVS 5.0, 6.5.2)
SECRET_BYTES: Final = 20  # as long as the hash, RFC 4226 4
DIGITS: Final = re.compile(r"[0-9]{6}")


def typed(text: str) -> str:
    """The code as it was meant: people type blanks and dashes."""
    return re.sub(r"[\s-]+", "", text).upper()


def new_backup_code() -> str:
    """24 letters and digits in fours."""
    return "-".join(_in_fours(b32encode(token_bytes(BACKUP_BYTES)).decode()))


def hash_of(code: str) -> str:
    """What is kept of a backup code."""
    return hashlib.sha256(typed(code).encode()).hexdigest()


def spelled(secret: bytes) -> str:
    """The secret for who cannot scan it."""
    return " ".join(_in_fours(b32encode(secret).decode()))


def picture_of(secret: bytes, *, account: str, installation: str) -> str:
    """A data: address of the picture that an authenticator scans; the policy of our pages allows it."""
    told = urlencode({"secret": b32encode(secret).decode(), "issuer": installation}, quote_via=quote)
    label = quote(f"{installation}:{account}")
    return segno.make(f"otpauth://totp/{label}?{told}", error="m").svg_data_uri(scale=4, light="white")


def _in_fours(text: str) -> list[str]:
    return [text[place : place + 4] for place in range(0, len(text), 4)]
