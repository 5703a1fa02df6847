"""Keep a person's name, or forget it. Whether somebody agreed to it is known to the consent room."""

from datetime import datetime

from django.db import transaction

from lti_tool.audit import services as audit
from lti_tool.audit.models import Action
from lti_tool.lti.models import Context, Launch, PlatformUser


@transaction.atomic
def share_name(*, user: PlatformUser, context: Context, at: datetime) -> None:
    """Keep the name from now on: the one that the newest launch in this course told, if any did."""
    newest = Launch.objects.filter(user=user, context=context).order_by("-created_at", "-pk").first()
    user.name = (newest.name if newest else "") or user.name
    user.name_shared = True
    user.save(update_fields=["name", "name_shared"])
    _audit(Action.NAME_SHARED, user, at)


@transaction.atomic
def forget_name(*, user: PlatformUser, at: datetime) -> None:
    """Keep no name, and take none from later launches; launches that are still open forget it, too."""
    Launch.objects.filter(user=user).exclude(name="").update(name="")
    user.name, user.name_shared = "", False
    user.save(update_fields=["name", "name_shared"])
    _audit(Action.NAME_FORGOTTEN, user, at)


def _audit(action: Action, user: PlatformUser, at: datetime) -> None:
    actor = str(user.pseudonym)
    audit.record(actor=actor, action=action, subject=f"person:{actor}", at=at)
