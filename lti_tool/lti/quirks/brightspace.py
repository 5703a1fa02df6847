"""Brightspace: whom a tool's proof is addressed to, when it asks for an access token."""

from typing import Final

FAMILY: Final = "desire2learn"

AUDIENCE: Final = "https://api.brightspace.com/auth/token"
"""The same for all schools, and shown to the administrator beside the token address, which is another."""
