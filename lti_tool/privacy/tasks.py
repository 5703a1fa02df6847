"""What the clock asks of the privacy room, once a day. May run twice."""

from celery import shared_task

from lti_tool.core import clock
from lti_tool.privacy import services


# Taken off the queue at once and not handed out again: it may last longer than the broker waits for an
# answer, and tomorrow's does what this one leaves.
@shared_task(acks_late=False, time_limit=60 * 60)
def sweep() -> dict[str, int]:
    """Let go of everything whose time is over. Returns how many of each kind."""
    return {kind.value: count for kind, count in services.sweep(at=clock.now()).items()}
