"""Which activation holds for a deployment, and what follows from it. Changes nothing."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, Q, QuerySet

from lti_tool.activation.models import Activation
from lti_tool.domain.activation import ADULT, RETENTION_FIELDS
from lti_tool.domain.jurisdictions import Sharing
from lti_tool.domain.retention import LIFETIMES, Kind, over_since
from lti_tool.lti.models import Deployment


def activation_in_force(deployment_id: int) -> Activation | None:
    """The one that was neither superseded nor revoked. It may have run out: the rules judge that."""
    return Activation.objects.in_force().filter(deployment_id=deployment_id).first()


def last_activation(deployment_id: int) -> Activation | None:
    """The newest that was ever signed off. What it says of data holds on when it ran out or was revoked."""
    return Activation.objects.signed_off().filter(deployment_id=deployment_id).newest_first().first()


def activation_at(deployment_id: int, moment: datetime) -> Activation | None:
    """The version that was signed off last by then. It may have run out, or been revoked, before."""
    signed_off = Activation.objects.signed_off().filter(deployment_id=deployment_id)
    return signed_off.filter(signed_off_at__lte=moment).newest_first().first()


def sharing_under(activation: Activation | None) -> Sharing:
    """How a record may come before a counselor. Where no place is known, the strictest way."""
    profile = activation.profile if activation else None
    return profile.sharing if profile else Sharing.BY_OWN_ACT


def class_view_under(activation: Activation | None) -> bool:
    """Whether the pattern of a class may be made there at all. Where no place is known, it may not."""
    profile = activation.profile if activation else None
    return profile is not None and profile.class_view


def least_age_under(activation: Activation | None) -> int:
    """How old a student must be to say yes."""
    return activation.least_age if activation else ADULT


def versions_of(deployment_id: int) -> list[Activation]:
    """Every version that was signed off, the newest first."""
    return list(Activation.objects.signed_off().filter(deployment_id=deployment_id).newest_first())


def draft_of(deployment_id: int) -> Activation | None:
    """The draft of a deployment, if somebody began one."""
    return Activation.objects.drafts().filter(deployment_id=deployment_id).first()


def days_kept(deployment_id: int, kind: Kind, at: datetime) -> int:
    """For how many days data of this kind is kept there."""
    longest = LIFETIMES[kind].days
    choices = [days for _, days in _choices(kind, at, Deployment.objects.filter(pk=deployment_id))]
    return min((days for days in choices if days is not None), default=longest)


def over_since_by_deployment(kind: Kind, at: datetime) -> Iterator[tuple[datetime, list[int]]]:
    """Moments from which, or from before which, data must go, each with the deployments it holds for."""
    deployments: dict[int | None, list[int]] = {}
    for deployment_id, days in _choices(kind, at, Deployment.objects.all()):
        deployments.setdefault(days, []).append(deployment_id)
    for days, ids in deployments.items():
        yield over_since(kind, at=at, days=days), ids


def over_since_in(deployment_id: int, kind: Kind, at: datetime) -> datetime:
    """The same moment for one deployment."""
    return over_since(kind, at=at, days=days_kept(deployment_id, kind, at))


def _choices(
    kind: Kind, at: datetime, deployments: "QuerySet[Deployment]"
) -> Iterator[tuple[int, int | None]]:
    """Each deployment with the shortest time that was promised to anybody whose data may still be there.

    A longer choice begins to count when the last data of the shorter one is gone: what was taken under a
    promise is kept no longer than the promise. None where nothing was ever signed off.
    """
    name, _ = RETENTION_FIELDS[kind]
    still_counts = Q(activations__ended_at=None) | Q(activations__ended_at__gt=at - LIFETIMES[kind])
    signed_off = Q(activations__version__isnull=False)
    shortest = Min(f"activations__{name}", filter=signed_off & still_counts)
    yield from deployments.annotate(days=shortest).values_list("pk", "days")
