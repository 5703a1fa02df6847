"""Keep what a platform asked an author for, and answer it once. Knows nothing of pages."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lti_tool.lti.errors import DeepLinkingOver
from lti_tool.lti.models import DeepLinkingRequest, Launch
from lti_tool.lti.protocol.claims import DeepLinkingSettings
from lti_tool.lti.protocol.deep_linking import Answerer, ContentItem, answer_claims
from lti_tool.lti.protocol.placement import Placement
from lti_tool.lti.services.keys import sign_as_tool
from lti_tool.vault.services import seal_small, unseal_small

OPEN_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class DeepLinkingAnswer:
    """What the author's browser carries back, and where to. Neither is for a log."""

    return_url: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the author wants to place."""

    title: str
    placement: Placement


def remember_request(*, launch: Launch, asked: DeepLinkingSettings, at: datetime) -> None:
    """Keep what the answer will need, sealed to its launch."""
    forget_old_requests(at=at)
    content = json.dumps({"return_url": asked.return_url, "data": asked.data}).encode()
    DeepLinkingRequest.objects.create(
        launch=launch, sealed=seal_small(content, binding=_binding(launch)), expires_at=at + OPEN_FOR
    )


def forget_old_requests(*, at: datetime) -> None:
    """Let go of what nobody answered in time."""
    DeepLinkingRequest.objects.filter(expires_at__lte=at).delete()


def require_open_request(*, launch: Launch, at: datetime) -> None:
    """Raises DeepLinkingOver when there is nothing to answer any more."""
    if not DeepLinkingRequest.objects.filter(launch=launch, expires_at__gt=at).exists():
        raise DeepLinkingOver


@transaction.atomic
def answer_request(*, launch: Launch, choices: Sequence[Choice], at: datetime) -> DeepLinkingAnswer:
    """The signed answer to the platform, once; without choices it says so. Raises DeepLinkingOver."""
    asked = _take(launch, at)
    deployment = launch.context.deployment
    registration = deployment.registration
    claims = answer_claims(
        answerer=Answerer(registration.client_id, registration.issuer, deployment.deployment_id),
        items=[_item(choice) for choice in choices],
        data=asked["data"],
        nonce=token_urlsafe(24),
        at=at,
    )
    return DeepLinkingAnswer(asked["return_url"], sign_as_tool(claims=claims, at=at))


def _take(launch: Launch, at: datetime) -> dict[str, Any]:
    """What was asked, out of the database for good."""
    found = DeepLinkingRequest.objects.filter(launch=launch, expires_at__gt=at).first()
    # Of two that hold the same row, the database lets one delete it.
    if found is None or not DeepLinkingRequest.objects.filter(pk=found.pk).delete()[0]:
        raise DeepLinkingOver
    asked: dict[str, Any] = json.loads(unseal_small(found.sealed, binding=_binding(launch)))
    return asked


def _item(choice: Choice) -> ContentItem:
    # One launch address for everything: platforms compare it letter by letter. The page is in the parameters.
    return ContentItem(choice.title, settings.PUBLIC_URL + reverse("lti:launch"), choice.placement)


def _binding(launch: Launch) -> bytes:
    return f"deep-linking|{launch.public_id}".encode()
