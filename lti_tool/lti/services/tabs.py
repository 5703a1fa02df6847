"""Carry a launch into a new tab, whose cookies are not those of the frame: one pass, one minute, one use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Final

from django.db import transaction

from lti_tool.core.errors import Refused
from lti_tool.core.words import gettext_noop as _
from lti_tool.lti.models import Launch, TabPass
from lti_tool.lti.protocol.hashing import hash_of
from lti_tool.lti.selectors import viewers_of
from lti_tool.lti.services.launches import BindBrowser, bound_to, copy_launch

PASS_SECONDS: Final = 60


class TabPassSpent(Refused):
    """The link into a new tab was used already, or is older than a minute."""

    code = "tab_pass_spent"
    message = _("This link works once, for one minute, and it was used already or is too old.")
    next_step = _("Go back to the page in your course and choose “Open in a new tab” again.")


@dataclass(frozen=True, slots=True)
class Arrival:
    """The copy of the launch that belongs to the new tab, and the page to open there."""

    launch: Launch
    page: str


def issue_tab_pass(*, launch: Launch, page: str, at: datetime) -> str:
    """A secret that opens `page` of this launch in another tab. Only its hash is kept."""
    TabPass.objects.filter(expires_at__lte=at).delete()
    token = token_urlsafe(32)
    TabPass.objects.create(
        launch=launch,
        token_hash=hash_of(token),
        page=page,
        expires_at=at + timedelta(seconds=PASS_SECONDS),
    )
    return token


@transaction.atomic
def redeem_tab_pass(*, token: str, bind_browser: BindBrowser, at: datetime) -> Arrival:
    """Copy the launch for the browser that brings the pass; only then is it bound. Raises TabPassSpent."""
    found = (
        TabPass.objects.select_related("launch__user", "launch__context__deployment__registration")
        .filter(token_hash=hash_of(token))
        .first()
    )
    if found is None or not TabPass.objects.filter(pk=found.pk, expires_at__gt=at).delete()[0]:
        raise TabPassSpent
    if found.launch.expires_at <= at:
        raise TabPassSpent
    browser_hash = bound_to(bind_browser, found.launch.user, viewers_of(found.launch, at))
    copy = copy_launch(launch=found.launch, context=found.launch.context, browser_hash=browser_hash, at=at)
    return Arrival(copy, found.page)
