"""Questions about launches, grants and platforms. Changes nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from lti_tool.domain.access import Viewer, is_person, may_place, viewers
from lti_tool.lti.models import (
    Context,
    CounselorGrant,
    Deployment,
    Launch,
    PlatformUser,
    Registration,
    ToolKey,
)
from lti_tool.lti.protocol import key_schedule
from lti_tool.lti.protocol.claims import Message


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
    return _grants_at(at).filter(user=user).filter(_for_course(context)).first()


def viewers_of(launch: Launch, at: datetime) -> tuple[Viewer, ...]:
    """What the person may look at in this launch, the most fitting first; empty when nothing."""
    granted = _grants_at(at).filter(user=launch.user).filter(_for_course(launch.context)).exists()
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


def is_granted(*, sub: str, deployment: Deployment, context_id: str, at: datetime) -> bool:
    """Whether somebody is a counselor in a course of which nothing may be on record yet."""
    here = Q(context=None) | Q(context__context_id=context_id)
    person = Q(user__registration=deployment.registration_id, user__sub=sub)
    return _grants_at(at).filter(person, here, deployment=deployment).exists()


def active_registrations(issuer: str, client_id: str = "") -> QuerySet[Registration]:
    """Platforms that may start a login: one issuer may have several client ids."""
    found = Registration.objects.filter(issuer=issuer, active=True)
    return found.filter(client_id=client_id) if client_id else found


def _grants_at(at: datetime) -> QuerySet[CounselorGrant]:
    return CounselorGrant.objects.filter(granted_at__lte=at, expires_at__gt=at, revoked_at=None)


def _for_course(context: Context) -> Q:
    return Q(deployment=context.deployment_id) & (Q(context=None) | Q(context=context))


def published_keys(at: datetime) -> list[dict[str, str]]:
    """Our public keys as JWKs, the newest first."""
    return [key.public_jwk for key in key_schedule.published(ToolKey.objects.all(), at)]
