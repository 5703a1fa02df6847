"""Blackboard: all schools share one issuer, and each has pages of its own."""

from typing import Final

ISSUER: Final = "https://blackboard.com"
_CLOUD_PAGES: Final = "https://*.blackboard.com"


def more_origins(issuer: str) -> list[str]:
    """Where pages of the cloud live; a school with a domain of its own has to be added by hand."""
    return [_CLOUD_PAGES] if issuer == ISSUER else []
