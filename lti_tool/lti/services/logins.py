"""Start a login, and let exactly one launch finish it. Knows nothing of cookies or of the token."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse

from lti_tool.lti import wire
from lti_tool.lti.models import LoginAttempt, Registration
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.parties import check_target
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.selectors import registrations_at_login

STORAGE_TARGET_LENGTH: Final = 255
REQUIRED = (("iss", Reason.ISSUER_MISSING), ("login_hint", Reason.LOGIN_HINT_MISSING))


@dataclass(frozen=True, slots=True)
class StartedLogin:
    """Where the browser goes next, and the state that it must keep meanwhile."""

    registration: Registration
    redirect_to: str
    state: str
    storage_target: str


def start_login(*, parameters: Mapping[str, str], at: datetime) -> StartedLogin:
    """Answer a platform's login initiation. Raises LaunchRefused."""
    registration = find_platform(parameters)
    target = parameters.get("target_link_uri")
    check_target(target, tool_origin=settings.PUBLIC_URL)
    begun = wire.begin_login(
        platform=wire.Platform(registration.issuer, registration.client_id, registration.auth_login_url),
        parameters=parameters,
        redirect_uri=settings.PUBLIC_URL + reverse("lti:launch"),
    )
    storage_target = _storage_target(parameters)
    _remember(registration, begun, target_link_uri=str(target), storage_target=storage_target, at=at)
    return StartedLogin(registration, begun.url, begun.state, storage_target)


def find_platform(parameters: Mapping[str, str]) -> Registration:
    """The platform that a login initiation comes from. Raises LaunchRefused."""
    _check_readable(parameters)
    found = registrations_at_login(parameters["iss"], parameters.get("client_id", ""))
    if len(found) > 1:
        raise LaunchRefused(Reason.CLIENT_AMBIGUOUS)
    if not found:
        known = registrations_at_login(parameters["iss"])
        raise LaunchRefused(Reason.CLIENT_UNKNOWN if known else Reason.PLATFORM_UNKNOWN)
    return found[0]


def find_kept_attempt(*, state: str, at: datetime) -> LoginAttempt | None:
    """The attempt of this state, untouched, if its platform offered to keep something for us."""
    waiting = LoginAttempt.objects.select_related("registration").exclude(storage_target="")
    return waiting.filter(state_hash=hash_of(state), expires_at__gt=at).first()


def finish_attempt(*, state: str, at: datetime) -> LoginAttempt:
    """Take the attempt of this state out of the database, exactly once. Raises LaunchRefused."""
    try:
        attempt = LoginAttempt.objects.select_related("registration").get(state_hash=hash_of(state))
    except LoginAttempt.DoesNotExist:
        raise LaunchRefused(Reason.ATTEMPT_SPENT) from None
    # Of two that hold the same row, the database lets one delete it.
    deleted, _ = attempt.delete()
    if not deleted or attempt.expires_at <= at:
        raise LaunchRefused(Reason.ATTEMPT_SPENT)
    return attempt


def forget_old_attempts(*, at: datetime) -> None:
    """Let go of logins that nobody finished in time."""
    LoginAttempt.objects.filter(expires_at__lte=at).delete()


def _check_readable(parameters: Mapping[str, str]) -> None:
    for name, reason in REQUIRED:
        if not parameters.get(name):
            raise LaunchRefused(reason)
    # A database refuses some characters, and none of them stands in an honest request.
    if not all(value.isprintable() for value in parameters.values()):
        raise LaunchRefused(Reason.REQUEST_UNREADABLE)


def _storage_target(parameters: Mapping[str, str]) -> str:
    """The name of a frame. One that is too long to be any is as good as none."""
    target = parameters.get("lti_storage_target", "")
    return target if len(target) <= STORAGE_TARGET_LENGTH else ""


def _remember(
    registration: Registration,
    begun: wire.BegunLogin,
    *,
    target_link_uri: str,
    storage_target: str,
    at: datetime,
) -> None:
    LoginAttempt.objects.create(
        registration=registration,
        state_hash=hash_of(begun.state),
        nonce_hash=hash_of(begun.nonce),
        target_link_uri=target_link_uri,
        storage_target=storage_target,
        created_at=at,
        expires_at=at + timedelta(seconds=settings.LOGIN_ATTEMPT_SECONDS),
    )
