"""Hold the promise about how long pictures may wait, whoever comes by. Needs neither beat nor worker."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from lti_tool.capture.models import Failure, Snippet, SnippetState
from lti_tool.capture.services.discarding import forget_frames


def expire_overdue(*, at: datetime) -> int:
    """Fail every snippet that has waited for the longest time allowed; destroy both halves of its frames.

    The spool drops its half by itself at the same moment. This empties the key, and says so on the row:
    called by the sweep, by each worker before it claims, and when a page sends a snippet or asks for results.
    """
    over = Snippet.objects.waiting().received_until(at - timedelta(seconds=settings.SPOOL_MAX_SECONDS))
    if not over.exists():
        return 0
    with transaction.atomic():
        expired = list(over.select_for_update().values_list("pk", "public_id"))
        Snippet.objects.filter(pk__in=[pk for pk, _ in expired]).update(
            state=SnippetState.FAILED, failure=Failure.FRAMES_EXPIRED, finished_at=at, spool_key=b""
        )
    forget_frames(*(public_id for _, public_id in expired))
    return len(expired)
