"""Offer a break at a fitting moment, and remember the reply. Asks for no estimate, and knows none."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import transaction

from lti_tool.audit.models import Action
from lti_tool.domain.prompts import Moment, OfferRule, Reply, together
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.wellbeing.sealed import open_settings
from lti_tool.wellbeing.services import opening

RULE: Final = OfferRule()


@transaction.atomic
def offer_break(
    *, student: PlatformUser, context: Context, moment: Moment | None, timed: bool, at: datetime
) -> bool:
    """Whether to offer one now; if so, that is remembered. Limits hold for the person, in all their courses.

    Who wants nothing kept is offered nothing: nobody could remember how often it was done.
    """
    opening.hold(student)
    own = opening.every_diary_of(student)
    chosen = [open_settings(diary, key) for diary, key in own]
    for diary, _ in own:
        opening.record(diary, Action.DIARY_READ, "offer", at)
    if not all(settings.keep for settings in chosen):
        return False
    if not RULE.allows(together(settings.offers for settings in chosen), moment=moment, timed=timed, at=at):
        return False
    diary, key = opening.begin(student, context, at)
    settings = open_settings(diary, key)
    offers = settings.offers.since(at - RULE.remembered).showing(at)
    opening.write_settings(diary, key, replace(settings, offers=offers), "offer_shown", at)
    return True


@transaction.atomic
def reply_to_offer(*, student: PlatformUser, context: Context, reply: Reply, at: datetime) -> None:
    """Remember what the student did with an offer. Who wants nothing kept was offered none."""
    diary, key = opening.begin(student, context, at)
    settings = open_settings(diary, key)
    if settings.keep:
        offers = settings.offers.replied(reply, at)
        opening.write_settings(diary, key, replace(settings, offers=offers), f"offer_{reply}", at)


@transaction.atomic
def switch_offers(*, student: PlatformUser, context: Context, off: bool, at: datetime) -> None:
    """Offer nothing any more, in no course; or offer again."""
    opening.begin(student, context, at)
    for diary, key in opening.every_diary_of(student):
        settings = open_settings(diary, key)
        offers = settings.offers.switched(off=off)
        purpose = "offers_off" if off else "offers_on"
        opening.write_settings(diary, key, replace(settings, offers=offers), purpose, at)
