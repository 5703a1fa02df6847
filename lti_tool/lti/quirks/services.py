"""Which platform family changes what about its services; all others get it by the specification."""

from typing import Final

from lti_tool.lti.quirks import brightspace

_TOKEN_AUDIENCES: Final = {brightspace.FAMILY: brightspace.AUDIENCE}


def token_audience(family: str, token_url: str) -> str:
    """Whom the tool's proof is addressed to: by RFC 7523 the token endpoint itself."""
    return _TOKEN_AUDIENCES.get(family.lower(), token_url)
