"""Register with a platform by a link: read what it says of itself, send what we ask for, keep the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from lti_tool.core.http import Answer, PlatformSilent, ask
from lti_tool.lti.models import Deployment, DeploymentState, Registration, RegistrationLink
from lti_tool.lti.protocol.addresses import host_of, is_endpoint
from lti_tool.lti.protocol.platform_configuration import PlatformConfiguration, read_configuration
from lti_tool.lti.protocol.registration_answer import RegistrationAnswer, read_answer
from lti_tool.lti.protocol.registration_document import Document, registration_document
from lti_tool.lti.protocol.registration_refusals import AGAIN, Obstacle, RegistrationRefused
from lti_tool.lti.quirks import registration as quirks
from lti_tool.lti.services.description import describe_tool
from lti_tool.lti.services.platforms import register_platform, set_deployment_state
from lti_tool.lti.services.registration_links import spending

WAIT: Final = _("Wait a minute.")
PRIVATE: Final = _(
    "If your platform is in a private network, the person who looks after Attune has to allow it."
)

# RFC 6750, 2.1: what a bearer token may be made of. Nothing else may reach a header.
_BEARER: Final = re.compile(r"[A-Za-z0-9._~+/-]{1,4096}=*")


@dataclass(frozen=True, slots=True)
class Offer:
    """What will be sent to which platform, once somebody says so."""

    link: RegistrationLink
    platform: PlatformConfiguration
    registration_token: str = field(repr=False)
    document: Document


@dataclass(frozen=True, slots=True)
class Registered:
    """A platform on record. It may install the tool later, and names no deployment then."""

    registration: Registration
    deployment: Deployment | None

    @property
    def is_open(self) -> bool:
        """Whether people may come in at once: only where they might before."""
        return self.deployment is not None and self.deployment.is_open


def prepare_registration(
    *, link: RegistrationLink, openid_configuration: str, registration_token: str
) -> Offer:
    """Ask the platform who it is, and write down what it will be asked for; changes nothing.

    Raises RegistrationRefused, PlatformSilent.
    """
    if registration_token and not _BEARER.fullmatch(registration_token):
        raise RegistrationRefused(Obstacle.TOKEN_UNREADABLE)
    platform = _read_platform(openid_configuration, registration_token)
    plain = registration_document(describe_tool(), platform, names=link.asks_names)
    document = quirks.amended(plain, platform, names=link.asks_names)
    return Offer(link, platform, registration_token, document)


def register_by_link(*, offer: Offer, at: datetime) -> Registered:
    """Send the registration and put the platform on record. The link is used up only if all goes well.

    Raises RegistrationRefused, PlatformSilent.
    """
    with spending(offer.link, at=at):
        answer = _ask(offer.platform.registration_endpoint, offer.registration_token, offer.document)
        if not answer.is_good:
            raise RegistrationRefused(Obstacle.PLATFORM_REFUSED, detail=_answered(answer))
        receipt = read_answer(_document_of(answer, or_else=Obstacle.ANSWER_UNREADABLE))
        return _record(offer, receipt, at)


def _read_platform(url: str, token: str) -> PlatformConfiguration:
    if not url:
        raise RegistrationRefused(Obstacle.OPENED_DIRECTLY)
    loopback = settings.ALLOW_LOOPBACK_PLATFORMS
    if not is_endpoint(url, loopback=loopback):
        raise RegistrationRefused(Obstacle.CONFIGURATION_ADDRESS_REFUSED)
    answer = _ask(url, token)
    if not answer.is_good:
        raise RegistrationRefused(Obstacle.CONFIGURATION_WITHHELD, detail=_answered(answer))
    document = _document_of(answer, or_else=Obstacle.CONFIGURATION_UNREADABLE)
    return read_configuration(document, url=url, loopback=loopback, speaks_for=quirks.speaks_for)


def _ask(url: str, token: str, document: Document | None = None) -> Answer:
    try:
        return ask(url, bearer=token, document=document)
    except PlatformSilent as error:
        raise PlatformSilent(next_step=" ".join(map(gettext, (WAIT, AGAIN, PRIVATE)))) from error


def _answered(answer: Answer) -> str:
    # Translators: a learning platform answered with a number of HTTP.
    return gettext("It answered %(status)s.") % {"status": answer.status}


def _document_of(answer: Answer, *, or_else: Obstacle) -> object:
    try:
        return answer.document()
    except ValueError:
        raise RegistrationRefused(or_else) from None


@transaction.atomic
def _record(offer: Offer, answer: RegistrationAnswer, at: datetime) -> Registered:
    platform, by = offer.platform, f"registration-link:{offer.link.pk}"
    # Locked: of two that correct it at once, the later must compare with what the first left.
    known = Registration.objects.select_for_update()
    before = known.filter(issuer=platform.issuer, client_id=answer.client_id).first()
    named = quirks.frame_origins(platform)
    registration = register_platform(
        issuer=platform.issuer,
        client_id=answer.client_id,
        auth_login_url=platform.authorization_endpoint,
        token_url=platform.token_endpoint,
        jwks_url=platform.jwks_uri,
        frame_origins=[*named, *_added_by_hand(before, named)],
        named_origins=named,
        product_family=platform.product_family,
        by=by,
        # Who was switched off by an administrator is not let in again by a link.
        reopens=False,
        at=at,
    )
    RegistrationLink.objects.filter(pk=offer.link.pk).update(registration=registration)
    if before is not None and _has_moved(before, registration):
        _close_doors(registration, by=by, at=at)
    return Registered(registration, _deployment(registration, answer.deployment_id, at))


def _added_by_hand(before: Registration | None, named: Sequence[str]) -> list[str]:
    """A platform may live on a host that it does not name. What it once named and names no more goes."""
    if before is None:
        return []
    known = {*before.named_origins, *named}
    return [origin for origin in before.frame_origins if origin not in known]


def _has_moved(before: Registration, after: Registration) -> bool:
    """Whether other keys count now, or people are signed in, or our proof is sent, on another host."""
    moved = (
        host_of(before.auth_login_url) != host_of(after.auth_login_url),
        host_of(before.token_url) != host_of(after.token_url),
    )
    return before.jwks_url != after.jwks_url or any(moved)


def _close_doors(registration: Registration, *, by: str, at: datetime) -> None:
    """An approval holds for whoever signed then. Other keys, other hands: it takes another approval.

    Until then nobody is believed by these keys, not even to come to what is their own.
    """
    registration.believed = False
    registration.save(update_fields=["believed"])
    for deployment in registration.deployments.filter(state=DeploymentState.APPROVED):
        set_deployment_state(deployment=deployment, state=DeploymentState.SUSPENDED, by=by, at=at)


def _deployment(registration: Registration, deployment_id: str, at: datetime) -> Deployment | None:
    """The deployment that the answer names; a new one waits for its approval."""
    if not deployment_id:
        return None
    return Deployment.objects.get_or_create(
        registration=registration, deployment_id=deployment_id, defaults={"created_at": at}
    )[0]
