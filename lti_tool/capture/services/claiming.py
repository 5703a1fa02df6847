"""Make waiting snippets one worker's own, or give them back. Measures nothing.

Each claim is one conditional UPDATE, so that of two workers one gets the snippet. A batch is made by claiming
others that wait beside the one that the message names; their own messages then find nothing to do. Nobody
waits for it to fill: it holds what came while the one before it was measured. Why it is not made by the
broker: docs/GPU.md.
"""

from datetime import datetime

from django.conf import settings
from django.db.models import F

from lti_tool.capture.models import Snippet, SnippetState


def claim(snippet_id: int, *, take_over: bool, at: datetime) -> Snippet | None:
    """Make the snippet this worker's own, or return None."""
    snippets = Snippet.objects.filter(pk=snippet_id)
    claimed = snippets.claimable(at=at, take_over=take_over).update(
        state=SnippetState.MEASURING, claimed_at=at, attempts=F("attempts") + 1
    )
    return snippets.select_related("session__student", "session__context").get() if claimed else None


def claim_others(first: Snippet, *, at: datetime) -> list[Snippet]:
    """Claim the longest waiting ones, as many as may be measured together with the first.

    All of them for the first time: what was tried before may be what killed its worker, so it is measured
    alone. A worker that dies with a batch leaves the others to the sweep.
    """
    if first.attempts > 1:
        return []
    waiting = Snippet.objects.untried().order_by("received_at").values_list("pk", flat=True)
    claims = [claim(pk, take_over=False, at=at) for pk in waiting[: settings.BATCH_SNIPPETS - 1]]
    return [snippet for snippet in claims if snippet is not None]


def give_back(snippet: Snippet) -> None:
    """Leave it to another try, if it is still this worker's."""
    Snippet.objects.held_as(snippet).update(state=SnippetState.RECEIVED, claimed_at=None)
