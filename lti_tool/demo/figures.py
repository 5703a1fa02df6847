"""Count what became of the snippets of a demonstration. Reads counts and times, opens no record."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Min

from lti_tool.audit import services as audit
from lti_tool.capture.models import Snippet, SnippetState
from lti_tool.records.models import Origin, StressRecord


@dataclass(frozen=True, slots=True)
class Figures:
    """`first_frame_to_record_s` runs from the first picture taken to the first record sealed."""

    snippets_received: int
    snippets_measured: int
    records_sealed: int
    first_frame_to_record_s: float | None
    audit_is_whole: bool


def count() -> Figures:
    """The figures of everything measured in this database."""
    measured = Snippet.objects.filter(state=SnippetState.MEASURED)
    return Figures(
        snippets_received=Snippet.objects.count(),
        snippets_measured=measured.count(),
        records_sealed=StressRecord.objects.filter(origin=Origin.MEASURED).count(),
        first_frame_to_record_s=_first_delay(),
        audit_is_whole=audit.verify().finding is None,
    )


def _first_delay() -> float | None:
    moments = Snippet.objects.exclude(record=None).aggregate(
        taken=Min("captured_at"), sealed=Min("finished_at")
    )
    if moments["taken"] is None or moments["sealed"] is None:
        return None
    delay: timedelta = moments["sealed"] - moments["taken"]
    return round(delay.total_seconds(), 3)
