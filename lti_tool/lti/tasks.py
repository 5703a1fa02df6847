"""What the clock asks of the lti room. Each may run twice."""

from celery import shared_task

from lti_tool.core import clock
from lti_tool.lti import services


@shared_task
def ask_for_notices() -> int:
    """Have every platform that offers it asked to tell us of copied courses. Returns how many."""
    deployments = services.deployments_to_ask()
    for deployment_id in deployments:
        ask_to_be_told.delay(deployment_id)
    return len(deployments)


@shared_task
def ask_to_be_told(deployment_id: int) -> bool:
    """Ask one of them. Returns whether it agreed."""
    return services.ask_to_be_told(deployment_id=deployment_id, at=clock.now())


@shared_task
def forget_old_requests() -> None:
    """Let go of logins that nobody finished in time, and of what nobody answered as an author."""
    at = clock.now()
    services.forget_old_attempts(at=at)
    services.forget_old_requests(at=at)
