"""What the clock asks of the lti room. May run twice."""

from celery import shared_task

from lti_tool.core import clock
from lti_tool.lti import services


@shared_task
def ask_for_notices() -> int:
    """Ask platforms that offer it to tell us of copied courses. Returns how many agreed."""
    return services.ask_every_platform(at=clock.now())
