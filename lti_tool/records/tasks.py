"""What the clock asks of the records room, once a day. Both may run twice."""

from celery import shared_task

from lti_tool.core import clock
from lti_tool.records import services


@shared_task
def publish_class_weeks() -> int:
    """Publish every finished week that is not published yet. Returns how many."""
    return services.publish_finished_weeks(at=clock.now())


@shared_task
def delete_old_records() -> int:
    """Let go of records that have lived their time. Returns how many."""
    return services.delete_old_records(at=clock.now())
