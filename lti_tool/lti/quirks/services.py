"""Which platform changes what about its services; all others get it by the specification."""

from lti_tool.lti.quirks.families import FAMILIES


def token_audience(token_url: str) -> str:
    """Whom the tool's proof is addressed to: by RFC 7523 the token endpoint itself."""
    found = (family.token_audience(token_url) for family in FAMILIES)
    return next(filter(None, found), token_url)
