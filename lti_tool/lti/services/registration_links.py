"""Invitations to a platform to register itself: made by an administrator, used once, within a set time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import RegistrationLink
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused

LINK_LIFETIME: Final = timedelta(days=3)
"""Time enough to write to whoever runs the platform, and for them to come back from a weekend."""


@transaction.atomic
def make_registration_link(*, link: RegistrationLink, by: str, at: datetime) -> str:
    """Save a new link and return the address to paste, which nobody can read again: its hash is kept.

    Raises ValidationError for a purpose that cannot be kept.
    """
    token = token_urlsafe(32)
    link.token_hash, link.made_by = hash_of(token), by
    link.created_at, link.expires_at = at, at + LINK_LIFETIME
    link.full_clean()
    link.save()
    _audit(Action.REGISTRATION_LINK_MADE, link, by=by, at=at)
    return f"{settings.PUBLIC_URL}{reverse('lti:register', args=[token])}"


@transaction.atomic
def withdraw_registration_link(*, link: RegistrationLink, by: str, at: datetime) -> None:
    """Let a link open nothing any more; one that is used or too old stays as it is."""
    if RegistrationLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(expires_at=at):
        _audit(Action.REGISTRATION_LINK_WITHDRAWN, link, by=by, at=at)


def find_registration_link(*, token: str, at: datetime) -> RegistrationLink:
    """The link of this token, if it may still be used. Raises RegistrationRefused."""
    link = RegistrationLink.objects.filter(token_hash=hash_of(token)).first()
    if link is None:
        raise RegistrationRefused(Obstacle.LINK_UNKNOWN)
    if link.used_at is not None:
        raise RegistrationRefused(Obstacle.LINK_USED)
    if link.expires_at <= at:
        raise RegistrationRefused(Obstacle.LINK_EXPIRED)
    return link


@contextmanager
def spending(link: RegistrationLink, *, at: datetime) -> Iterator[None]:
    """Use the link up; give it back if what it was used for fails. Raises RegistrationRefused.

    Of two that press the button at once, the database lets one go on.
    """
    row = RegistrationLink.objects.filter(pk=link.pk)
    if not row.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        raise RegistrationRefused(Obstacle.LINK_USED)
    try:
        yield
    except BaseException:
        row.update(used_at=None)
        raise


def _audit(action: Action, link: RegistrationLink, *, by: str, at: datetime) -> None:
    audit.record(actor=by, action=action, subject=f"registration-link:{link.pk}", at=at)
