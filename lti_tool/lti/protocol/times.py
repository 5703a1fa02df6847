"""When a token is good. Knows nothing of who signed it or what it asks for."""

from datetime import timedelta
from typing import Final

from lti_tool.lti.protocol.claims import Claims
from lti_tool.lti.protocol.reading import number
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason

SKEW: Final = timedelta(seconds=60).total_seconds()
MAX_AGE: Final = timedelta(minutes=10).total_seconds()
MAX_LIFETIME: Final = timedelta(days=1).total_seconds()


def check_times(claims: Claims, now: float) -> None:
    """Refuse a token that is not fresh at `now`, in seconds since 1970."""
    _check_expiry(number(claims.get("exp")), now)
    _check_issued(number(claims.get("iat")), now)
    if "nbf" in claims:
        not_before = number(claims["nbf"])
        if not_before is None or not_before > now + SKEW:
            raise LaunchRefused(Reason.NOT_YET_VALID)


def _check_expiry(expires: float | None, now: float) -> None:
    if expires is None:
        raise LaunchRefused(Reason.EXPIRY_MISSING)
    if expires <= now - SKEW:
        raise LaunchRefused(Reason.EXPIRED)
    if expires > now + MAX_LIFETIME:
        raise LaunchRefused(Reason.EXPIRY_TOO_FAR)


def _check_issued(issued: float | None, now: float) -> None:
    if issued is None:
        raise LaunchRefused(Reason.ISSUED_MISSING)
    # The nonce is only minutes old, so no honest token for it can be older.
    if issued < now - MAX_AGE - SKEW:
        raise LaunchRefused(Reason.ISSUED_TOO_LONG_AGO)
    if issued > now + SKEW:
        raise LaunchRefused(Reason.ISSUED_IN_FUTURE)
