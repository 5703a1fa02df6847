"""From a believed token to a launch on record: who may come in, and what is remembered of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import transaction

from lti_tool.domain.access import Viewer, viewers
from lti_tool.lti import wire
from lti_tool.lti.models import (
    Context,
    Deployment,
    DeploymentState,
    Launch,
    LoginAttempt,
    PlatformUser,
    Registration,
    ResourceLink,
)
from lti_tool.lti.protocol.claims import VerifiedLaunch
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.parties import Expected
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.verify import verify
from lti_tool.lti.selectors import is_granted
from lti_tool.lti.services.platform_keys import key_finder

BindBrowser = Callable[[str, str], str]
"""From a platform, and the pseudonym of its student where one enters, to the hash of the browser."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A believed launch in an approved deployment. Without viewers there is nothing here for the person."""

    verified: VerifiedLaunch
    deployment: Deployment
    viewers: tuple[Viewer, ...]


def believe(*, token: str, attempt: LoginAttempt, at: datetime) -> VerifiedLaunch:
    """Verify a token against the login that it answers. Raises LaunchRefused, PlatformSilent."""
    registration = attempt.registration
    expected = Expected(
        issuer=registration.issuer,
        client_id=registration.client_id,
        nonce_hash=attempt.nonce_hash,
        target_link_uri=attempt.target_link_uri,
        tool_origin=settings.PUBLIC_URL,
    )
    verified = verify(token, expected=expected, find_key=key_finder(registration.jwks_url), at=at)
    wire.check_message(verified)
    return verified


def admit(*, verified: VerifiedLaunch, registration: Registration, at: datetime) -> Visit:
    """Find out where the person stands, and what they may look at; records nothing. Raises LaunchRefused."""
    deployment = registration.deployments.filter(deployment_id=verified.deployment_id).first()
    if deployment is None:
        raise LaunchRefused(Reason.DEPLOYMENT_UNKNOWN)
    if deployment.state != DeploymentState.APPROVED:
        raise LaunchRefused(Reason.DEPLOYMENT_NOT_APPROVED)
    return Visit(verified, deployment, _viewers(verified, deployment, at))


@transaction.atomic
def record_launch(*, visit: Visit, bind_browser: BindBrowser, at: datetime) -> Launch:
    """Remember the course, the link and the person, and open a launch for this browser."""
    context, user = _context(visit), _user(visit)
    _keep_current(visit.deployment, notices_url=visit.verified.notices_url)
    return Launch.objects.create(
        public_id=new_public_id(),
        user=user,
        context=context,
        resource_link=_resource_link(visit, context),
        name=visit.verified.name if Viewer.STUDENT in visit.viewers else "",
        roles=list(visit.verified.roles),
        browser_hash=bound_to(bind_browser, user, visit.viewers),
        locale=visit.verified.locale,
        created_at=at,
        expires_at=at + timedelta(seconds=settings.LAUNCH_SECONDS),
    )


def bound_to(bind_browser: BindBrowser, user: PlatformUser, viewers: Sequence[Viewer]) -> str:
    """The hash of the browser in which somebody enters."""
    student = str(user.pseudonym) if Viewer.STUDENT in viewers else ""
    return bind_browser(str(user.registration_id), student)


def new_public_id() -> str:
    """An address that cannot be guessed."""
    return token_urlsafe(24)


def _viewers(verified: VerifiedLaunch, deployment: Deployment, at: datetime) -> tuple[Viewer, ...]:
    granted = is_granted(sub=verified.sub, deployment=deployment, context_id=_context_id(verified), at=at)
    return viewers(verified.roles, has_grant=granted)


def _context_id(verified: VerifiedLaunch) -> str:
    # A link outside of any course is a course of its own, so that nothing is shared between such links.
    return verified.context.id if verified.context else f"link:{hash_of(verified.resource_link.id)}"


def _context(visit: Visit) -> Context:
    course = visit.verified.context
    context, _ = Context.objects.get_or_create(
        deployment=visit.deployment,
        context_id=_context_id(visit.verified),
        defaults={"title": course.title if course else ""},
    )
    if course and course.title:
        _keep_current(context, title=course.title)
    _keep_current(context, memberships_url=visit.verified.memberships_url)
    return context


def _resource_link(visit: Visit, context: Context) -> ResourceLink:
    claim = visit.verified.resource_link
    link, _ = ResourceLink.objects.get_or_create(
        context=context, resource_link_id=claim.id, defaults={"title": claim.title}
    )
    _keep_current(link, title=claim.title)
    return link


def _user(visit: Visit) -> PlatformUser:
    user, _ = PlatformUser.objects.get_or_create(
        registration_id=visit.deployment.registration_id, sub=visit.verified.sub
    )
    keeps_name = user.name_shared or Viewer.COUNSELOR in visit.viewers
    _keep_current(user, name=visit.verified.name if keeps_name else "")
    return user


def _keep_current(row: Deployment | Context | ResourceLink | PlatformUser, **values: str) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
