"""Brightspace: whom a tool's proof is addressed to, when it asks for an access token."""

from typing import Final
from urllib.parse import urlsplit

AUDIENCE: Final = "https://api.brightspace.com/auth/token"
"""The same for all schools, and shown to the administrator beside the token address, which is another."""

_HOST: Final = "auth.brightspace.com"


def hands_out_tokens_at(token_url: str) -> bool:
    """Whether the proof goes to Brightspace itself.

    What a platform calls itself must not count: another that took this name would be handed a proof that
    opens a school's Brightspace.
    """
    parts = urlsplit(token_url)
    return parts.scheme == "https" and parts.netloc == _HOST
