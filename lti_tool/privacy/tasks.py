"""What the clock asks of the privacy room, once a day. May run twice."""

from celery import shared_task

from lti_tool.core import clock
from lti_tool.privacy import services


@shared_task
def delete_old_visits() -> int:
    """Let go of launches and browser sessions that ran out. Returns how many launches."""
    return services.delete_old_visits(at=clock.now())
