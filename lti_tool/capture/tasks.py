"""What workers are asked to do. Every task carries ids only and may run twice."""

from typing import TYPE_CHECKING

from celery import Task, current_app, shared_task
from celery.signals import worker_init, worker_process_init
from django.conf import settings

from lti_tool.capture import analysis, selectors, services
from lti_tool.capture.limits import ATTEMPTS_MAX, MEASURING_MAX_S
from lti_tool.capture.models import Failure, Snippet
from lti_tool.core import clock
from lti_tool.core.errors import Transient
from lti_tool.records import services as records

if TYPE_CHECKING:
    SnippetTask = Task[[int], None]
else:
    SnippetTask = Task  # generic in its stubs only


class GivesUpVisibly(SnippetTask):
    """A task whose last failure is written on its snippet."""

    abstract = True

    def on_failure(self, exc: object, task_id: str, args: tuple[int], kwargs: object, einfo: object) -> None:
        """Nothing is left half done: the frames go, the reason stays."""
        snippet = Snippet.objects.filter(pk=args[0]).first()
        if snippet is not None:
            services.fail(snippet, Failure.ANALYSIS_ERROR, at=clock.now())


@shared_task(
    bind=True,
    base=GivesUpVisibly,
    autoretry_for=(Transient,),
    max_retries=ATTEMPTS_MAX - 1,
    retry_backoff=2,
    retry_backoff_max=30,
    time_limit=MEASURING_MAX_S,
)
def analyse_snippet(self: SnippetTask, snippet_id: int) -> None:
    """Measure one snippet."""
    delivery = self.request.delivery_info or {}
    first_time = self.request.retries == 0 and not delivery.get("redelivered")
    services.analyse(snippet_id=snippet_id, take_over=not first_time, at=clock.now())


@shared_task
def sweep_spool() -> dict[str, int]:
    """Clean up after dead workers and closed pages."""
    swept = services.sweep(at=clock.now())
    for snippet_id in swept.again:
        analyse_snippet.delay(snippet_id)
    return {
        "expired": swept.expired,
        "lost": swept.lost,
        "idle_sessions": swept.idle_sessions,
        "sent_again": len(swept.again),
    }


@shared_task
def publish_class_weeks() -> int:
    """Publish every finished week that is not published yet, with its activities. Returns how many."""
    return records.publish_finished_weeks(at=clock.now(), begun_from=selectors.activities_begun_from)


@worker_init.connect
def refuse_to_start_unfit(**_: object) -> None:
    """A worker that cannot measure takes no snippet: each one would fail. Other errors Celery only logs."""
    if _takes_snippets() and (reason := analysis.reason_unfit()):
        raise SystemExit(f"This worker cannot measure: {reason}.")


@worker_process_init.connect
def load_models(**_: object) -> None:
    """Models are loaded once in each pool process, after the fork, and only where something is measured."""
    if _takes_snippets():
        analysis.load()


def _takes_snippets() -> bool:
    """Whether this worker measures: its queues are chosen by the time it starts its processes."""
    return settings.SNIPPET_QUEUE in current_app.amqp.queues.consume_from
