"""What the clock asks of the alerts room. Each may run twice."""

from celery import shared_task

from lti_tool.alerts import services
from lti_tool.core import clock


@shared_task
def look_at_files() -> int:
    """Look at files with a session that is over and not looked at. Returns how many alerts were raised."""
    return services.look_at_all(at=clock.now())


@shared_task
def look_at_file(file_id: int) -> str:
    """Look at one file: its student just said how they are. Returns what the rule decided."""
    return services.look_at(file_id=file_id, at=clock.now()).act.value


@shared_task
def send_notices() -> int:
    """Tell counselors at once of what may not wait for a digest. Returns how many were told."""
    return services.send_notices(at=clock.now())


@shared_task
def send_digests() -> int:
    """Tell counselors once a day what waits beside. Returns how many were told."""
    return services.send_digests(at=clock.now())


@shared_task
def escalate_overdue() -> int:
    """See to cases that nobody acknowledged. Returns for how many something was done."""
    return services.escalate_overdue(at=clock.now())
