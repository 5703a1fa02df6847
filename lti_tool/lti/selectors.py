"""Questions about launches, grants and platforms. Changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lti_tool.domain.access import Viewer, is_person, may_place, viewers
from lti_tool.lti.models import (
    Context,
    CounselorGrant,
    Deployment,
    DeploymentState,
    Launch,
    PlatformUser,
    Registration,
    ResourceLink,
    ToolKey,
)
from lti_tool.lti.protocol import key_schedule
from lti_tool.lti.protocol.claims import Message


@dataclass(frozen=True, slots=True)
class Place:
    """From where in a platform somebody launches, as far as it is on record."""

    deployment: Deployment
    context: Context | None = None
    link: ResourceLink | None = None


def find_place(
    registration: Registration, *, deployment_id: str, context_id: str, link_id: str
) -> Place | None:
    """The place, by the platform's own ids: in one query where the link was opened before."""
    links = ResourceLink.objects.select_related("context__deployment").filter(
        context__deployment__registration=registration,
        context__deployment__deployment_id=deployment_id,
        context__context_id=context_id,
        resource_link_id=link_id,
    )
    if link := next(iter(links), None):
        link.context.deployment.registration = registration  # read already
        return Place(link.context.deployment, link.context, link)
    deployment = registration.deployments.filter(deployment_id=deployment_id).first()
    return Place(deployment) if deployment else None


def find_launch(public_id: str) -> Launch | None:
    """The launch with everything that a page needs of it, in one query."""
    return (
        Launch.objects.select_related(
            "user__registration", "context__deployment__registration", "resource_link"
        )
        .filter(public_id=public_id)
        .first()
    )


def active_grant(user: PlatformUser, context: Context, at: datetime) -> CounselorGrant | None:
    """Our own word that `user` is a counselor in this course, if it stands."""
    theirs = CounselorGrant.objects.filter(user=user, deployment=context.deployment_id)
    return _standing(theirs, context.context_id, at)


def courses_in_care(counselor: PlatformUser, deployment: Deployment, at: datetime) -> list[Context]:
    """Every course of a deployment in which this person is a counselor now."""
    grants = CounselorGrant.objects.filter(user=counselor, deployment=deployment).select_related("context")
    courses = {grant.context for grant in grants if _is_in_force(grant, at)}
    if None in courses:
        return list(deployment.contexts.order_by("pk"))
    return sorted((course for course in courses if course), key=lambda course: course.pk)


def viewers_of(launch: Launch, at: datetime) -> tuple[Viewer, ...]:
    """What the person may look at in this launch, the most fitting first; empty when nothing.

    Whoever was inside when the door was closed keeps what is their own.
    """
    door = launch.context.deployment
    if not door.is_open:
        return viewers_for(Message.DATA_PRIVACY, launch.roles, has_grant=False) if door.is_ajar else ()
    granted = active_grant(launch.user, launch.context, at) is not None
    return viewers_for(Message(launch.message), launch.roles, has_grant=granted)


def viewers_for(message: Message, roles: Sequence[str], *, has_grant: bool) -> tuple[Viewer, ...]:
    """The same, by what the platform sent the person for: each has pages of its own."""
    match message:
        case Message.RESOURCE_LINK:
            return viewers(roles, has_grant=has_grant)
        case Message.DEEP_LINKING:
            return (Viewer.AUTHOR,) if may_place(roles) else ()
        case Message.DATA_PRIVACY:
            return (Viewer.OWNER,) if is_person(roles) else ()


def counsels_in(user: PlatformUser, deployment_id: int, at: datetime) -> bool:
    """Whether `user` is a counselor by our own word in any course of the deployment, or in all."""
    theirs = CounselorGrant.objects.filter(user=user, deployment=deployment_id, revoked_at=None)
    return theirs.filter(granted_at__lte=at, expires_at__gt=at).exists()


def teaches(user: PlatformUser, context: Context) -> bool:
    """Whether `user` came to this course as its teacher, as far as launches are kept."""
    launches = Launch.objects.filter(user=user, context=context)
    return any(Viewer.INSTRUCTOR in viewers(launch.roles, has_grant=False) for launch in launches)


def is_granted(*, sub: str, deployment: Deployment, context_id: str, at: datetime) -> bool:
    """Whether somebody is a counselor in a course of which nothing may be on record yet."""
    theirs = CounselorGrant.objects.filter(
        user__registration=deployment.registration_id, user__sub=sub, deployment=deployment
    )
    return _standing(theirs, context_id, at) is not None


def registrations_at_login(issuer: str, client_id: str = "") -> list[Registration]:
    """Two at most of the platforms that may start a login: one issuer may have several client ids.

    Those that are switched on; where none is, those that were let in once: people come to what is theirs.
    """
    found = Registration.objects.filter(issuer=issuer)
    found = found.filter(client_id=client_id) if client_id else found
    if switched_on := list(found.filter(active=True)[:2]):
        return switched_on
    let_in_once = Deployment.objects.exclude(state=DeploymentState.PENDING)
    return list(found.filter(believed=True, pk__in=let_in_once.values("registration"))[:2])


def is_on_record(sub: str, registration: Registration) -> bool:
    """Whether anything may be held of a platform's person."""
    return PlatformUser.objects.filter(registration=registration, sub=sub).exists()


def _standing(grants: QuerySet[CounselorGrant], context_id: str, at: datetime) -> CounselorGrant | None:
    # Most people have none, nobody many: judging them here costs less than a longer question.
    for grant in grants.select_related("context"):
        course, here = grant.context, (grant.deployment_id, context_id)
        reaches = course is None or (course.deployment_id, course.context_id) == here
        if reaches and _is_in_force(grant, at):
            return grant
    return None


def _is_in_force(grant: CounselorGrant, at: datetime) -> bool:
    return grant.revoked_at is None and grant.granted_at <= at < grant.expires_at


def published_keys(at: datetime) -> list[dict[str, str]]:
    """Our public keys as JWKs, the newest first."""
    return [key.public_jwk for key in key_schedule.published(ToolKey.objects.all(), at)]
