"""From a believed token to a launch on record: who may come in, and what is remembered of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.conf import settings
from django.db import transaction

from lti_tool.domain.access import Viewer
from lti_tool.lti import wire
from lti_tool.lti.errors import NotAnAuthor
from lti_tool.lti.models import (
    Context,
    Deployment,
    Launch,
    LoginAttempt,
    PlatformUser,
    Registration,
    ResourceLink,
)
from lti_tool.lti.protocol.claims import Message, VerifiedLaunch
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.parties import Expected
from lti_tool.lti.protocol.placement import is_of_last_term
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.verify import verify
from lti_tool.lti.selectors import Place, find_place, is_granted, is_on_record, viewers_for
from lti_tool.lti.services.deep_linking import remember_request
from lti_tool.lti.services.newcomers import Newcomer
from lti_tool.lti.services.platform_keys import key_finder

BindBrowser = Callable[[str, str], str]
"""From a platform, and the pseudonym of its student where one enters, to the hash of the browser."""


PERSONAL: Final = frozenset({Viewer.STUDENT, Viewer.OWNER})
"""Who has pages about themselves. On a shared computer the next one closes them."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A believed launch in an approved deployment. Without viewers there is nothing here for the person.

    `message` is what the launch is taken for: where the door is closed, for a visit to what is one's own.
    """

    verified: VerifiedLaunch
    place: Place
    viewers: tuple[Viewer, ...]
    message: Message

    @property
    def deployment(self) -> Deployment:
        """Where in the platform the tool is installed."""
        return self.place.deployment

    @property
    def newcomer(self) -> Newcomer:
        """Who it is, for somebody of whom nothing is recorded."""
        said = self.verified
        return Newcomer(self.deployment, _context_id(said), said.sub, said.roles)


def believe(*, token: str, attempt: LoginAttempt, at: datetime) -> VerifiedLaunch:
    """Verify a token against the login that it answers. Raises LaunchRefused, PlatformSilent."""
    registration = attempt.registration
    expected = Expected(
        issuer=registration.issuer,
        client_id=registration.client_id,
        nonce_hash=attempt.nonce_hash,
        target_link_uri=attempt.target_link_uri,
        tool_origin=settings.PUBLIC_URL,
        frame_origins=tuple(registration.frame_origins),
    )
    verified = verify(token, expected=expected, find_key=key_finder(registration.jwks_url), at=at)
    wire.check_message(verified)
    return verified


def admit(*, verified: VerifiedLaunch, registration: Registration, at: datetime) -> Visit:
    """Find out where the person stands, and what they may look at; records nothing.

    Raises LaunchRefused, NotAnAuthor.
    """
    place = find_place(
        registration,
        deployment_id=verified.deployment_id,
        context_id=_context_id(verified),
        link_id=verified.resource_link.id if verified.resource_link else "",
    )
    if place is None:
        raise LaunchRefused(Reason.DEPLOYMENT_UNKNOWN)
    if not place.deployment.is_open:
        return _admit_to_own(verified, place)
    visit = Visit(verified, place, _viewers(verified, place.deployment, at), verified.message)
    if verified.message is Message.DEEP_LINKING and not visit.viewers:
        raise NotAnAuthor(verified.roles)
    return visit


def _admit_to_own(verified: VerifiedLaunch, place: Place) -> Visit:
    """A closed door opens for whoever comes to see, take along or delete what is theirs; no other does.

    Who is not on record has nothing here, and leaves no trace. Raises LaunchRefused.
    """
    if not place.deployment.is_ajar or verified.message is Message.DEEP_LINKING:
        raise LaunchRefused(Reason.DEPLOYMENT_NOT_APPROVED)
    viewers = viewers_for(Message.DATA_PRIVACY, verified.roles, has_grant=False)
    if not viewers or not is_on_record(verified.sub, place.deployment.registration):
        raise LaunchRefused(Reason.DEPLOYMENT_CLOSED)
    return Visit(verified, place, viewers, Message.DATA_PRIVACY)


@transaction.atomic
def record_launch(*, visit: Visit, bind_browser: BindBrowser, at: datetime) -> Launch:
    """Remember the course, the link and the person, and open a launch for this browser."""
    context, user = _context(visit), _user(visit)
    _remember_services(visit, context)
    launch = Launch.objects.create(
        public_id=new_public_id(),
        user=user,
        context=context,
        resource_link=_resource_link(visit, context),
        name=visit.verified.name if Viewer.STUDENT in visit.viewers else "",
        message=visit.message,
        roles=list(visit.verified.roles),
        browser_hash=bound_to(bind_browser, user, visit.viewers),
        locale=visit.verified.locale,
        created_at=at,
        expires_at=at + timedelta(seconds=settings.LAUNCH_SECONDS),
    )
    if visit.verified.deep_linking:
        remember_request(launch=launch, asked=visit.verified.deep_linking, at=at)
    return launch


def read_in(*, launch: Launch, language: str) -> None:
    """Go on with this launch in another language than the course's."""
    launch.locale = language
    launch.save(update_fields=["locale"])


def copy_launch(
    *, launch: Launch, context: Context, browser_hash: str, message: str = "", at: datetime
) -> Launch:
    """The same person's launch once more, for another browser or another course."""
    return Launch.objects.create(
        public_id=new_public_id(),
        user=launch.user,
        context=context,
        resource_link=launch.resource_link,
        name=launch.name,
        message=message or launch.message,
        roles=launch.roles,
        browser_hash=browser_hash,
        locale=launch.locale,
        created_at=at,
        # The copy must not outlive what it was copied from.
        expires_at=launch.expires_at,
    )


def open_course(*, launch: Launch, context: Context, at: datetime) -> Launch:
    """Go on in a course of the same person's, in the same browser, to what is their own.

    A role in one course says nothing of another.
    """
    if launch.context_id == context.pk:
        return launch
    message = Message.DATA_PRIVACY.value
    return copy_launch(
        launch=launch, context=context, browser_hash=launch.browser_hash, message=message, at=at
    )


def bound_to(bind_browser: BindBrowser, user: PlatformUser, viewers: Sequence[Viewer]) -> str:
    """The hash of the browser in which somebody enters."""
    student = str(user.pseudonym) if PERSONAL.intersection(viewers) else ""
    return bind_browser(str(user.registration_id), student)


def new_public_id() -> str:
    """An address that cannot be guessed."""
    return token_urlsafe(24)


def _viewers(verified: VerifiedLaunch, deployment: Deployment, at: datetime) -> tuple[Viewer, ...]:
    granted = is_granted(sub=verified.sub, deployment=deployment, context_id=_context_id(verified), at=at)
    return viewers_for(verified.message, verified.roles, has_grant=granted)


def _context_id(verified: VerifiedLaunch) -> str:
    if verified.context:
        return verified.context.id
    # A link outside of any course is a course of its own, so that nothing is shared between such links.
    if verified.resource_link:
        return f"link:{hash_of(verified.resource_link.id)}"
    return f"person:{hash_of(verified.sub)}"


def _context(visit: Visit) -> Context:
    course = visit.verified.context
    context = visit.place.context
    if context is None:
        context, _ = Context.objects.get_or_create(
            deployment=visit.deployment,
            context_id=_context_id(visit.verified),
            defaults={"title": course.title if course else ""},
        )
    if course and course.title:
        _keep_current(context, title=course.title)
    return context


def _remember_services(visit: Visit, context: Context) -> None:
    """Where the platform may be asked for more; an ordinary launch says it in full, others need not."""
    registration = visit.deployment.registration
    if not registration.product_family:  # entered by hand, perhaps, where nobody could know the word
        _keep_current(registration, product_family=visit.verified.product_family)
    if visit.message is Message.RESOURCE_LINK:
        _keep_notices_url(visit.deployment, visit.verified.notices_url)
        _keep_current(context, memberships_url=visit.verified.memberships_url)


def _resource_link(visit: Visit, context: Context) -> ResourceLink | None:
    claim, chosen = visit.verified.resource_link, visit.verified.placement
    if claim is None:
        return None
    stale = is_of_last_term(chosen.due_date, copied_at=context.copied_at)
    facts = {
        "title": claim.title,
        "page": chosen.page or "",
        "difficulty": chosen.difficulty,
        "due_date": None if stale else chosen.due_date,
        "timed": chosen.timed,
    }
    link = visit.place.link
    if link is None:
        link, _ = ResourceLink.objects.get_or_create(
            context=context, resource_link_id=claim.id, defaults=facts
        )
    _keep_current(link, **facts)
    return link


def _user(visit: Visit) -> PlatformUser:
    # Held, so that a sweep does not take a person away who comes in at that moment.
    user, _ = PlatformUser.objects.select_for_update(no_key=True).get_or_create(
        registration_id=visit.deployment.registration_id, sub=visit.verified.sub
    )
    if visit.message is not Message.RESOURCE_LINK:
        # As the author of a link a counselor is not known as one: the name that is kept stays as it is.
        return user
    keeps_name = user.name_shared or Viewer.COUNSELOR in visit.viewers
    _keep_current(user, name=visit.verified.name if keeps_name else "")
    return user


def _keep_notices_url(deployment: Deployment, url: str) -> None:
    """Where it is another than before, nobody has asked there yet."""
    if deployment.notices_url != url:
        _keep_current(deployment, notices_url=url, notices_asked_at=None)


def _keep_current(
    row: Registration | Deployment | Context | ResourceLink | PlatformUser, **values: object
) -> None:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save(update_fields=list(changed))
