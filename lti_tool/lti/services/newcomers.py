"""People who came in well and have no page here yet: who they are, without keeping it. No invitations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core import signing

from lti_tool.lti.errors import DoorClosed, DoorPassOver
from lti_tool.lti.models import Deployment, Launch

DOOR_PASS_LASTS: Final = timedelta(minutes=10)
_DOOR_SALT: Final = "attune.door"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who brings a code, as their launch named them: perhaps nobody of whom anything is on record."""

    deployment: Deployment
    context_id: str
    sub: str
    roles: tuple[str, ...]


def newcomer_of(launch: Launch) -> Newcomer:
    """The person of a launch that is under way."""
    context = launch.context
    return Newcomer(context.deployment, context.context_id, launch.user.sub, tuple(launch.roles))


def issue_door_pass(*, newcomer: Newcomer, at: datetime) -> str:
    """Who stands at the door, signed by us, for somebody of whom we keep nothing.

    Their page holds it instead of our database. It stands in for a form's secret, which would need a session.
    """
    return signing.dumps(
        {
            "deployment": newcomer.deployment.pk,
            "context": newcomer.context_id,
            "sub": newcomer.sub,
            "roles": newcomer.roles,
            "until": (at + DOOR_PASS_LASTS).timestamp(),
        },
        salt=_DOOR_SALT,
        compress=True,
    )


def read_door_pass(*, door_pass: str, at: datetime) -> Newcomer:
    """Who it was given to. Raises DoorPassOver, and DoorClosed if the deployment was closed since."""
    try:
        said: dict[str, Any] = signing.loads(door_pass, salt=_DOOR_SALT)
    except signing.BadSignature:
        raise DoorPassOver from None
    if said["until"] <= at.timestamp():
        raise DoorPassOver
    deployment = Deployment.objects.select_related("registration").filter(pk=said["deployment"]).first()
    if deployment is None or not deployment.is_open:
        raise DoorClosed
    return Newcomer(deployment, said["context"], said["sub"], tuple(said["roles"]))
