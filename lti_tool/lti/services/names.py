"""Keep a person's name, or forget it. Whether somebody agreed to it is known to the consent room."""

from django.db import transaction

from lti_tool.lti.models import Context, Launch, PlatformUser


@transaction.atomic
def share_name(*, user: PlatformUser, context: Context) -> None:
    """Keep the name from now on: the one that the newest launch in this course told, if any did."""
    newest = Launch.objects.filter(user=user, context=context).order_by("-created_at", "-pk").first()
    user.name = (newest.name if newest else "") or user.name
    user.name_shared = True
    user.save(update_fields=["name", "name_shared"])


@transaction.atomic
def forget_name(*, user: PlatformUser) -> None:
    """Keep no name, and take none from later launches; launches that are still open forget it, too."""
    Launch.objects.filter(user=user).exclude(name="").update(name="")
    user.name, user.name_shared = "", False
    user.save(update_fields=["name", "name_shared"])
