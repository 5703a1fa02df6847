"""Which platform changes what about its services; all others get it by the specification."""

from lti_tool.lti.quirks import brightspace


def token_audience(token_url: str) -> str:
    """Whom the tool's proof is addressed to: by RFC 7523 the token endpoint itself."""
    return brightspace.AUDIENCE if brightspace.hands_out_tokens_at(token_url) else token_url
