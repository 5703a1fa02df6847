"""Let go of traces of visits: launches that ran out, and browser sessions. Knows nothing of records."""

from datetime import datetime
from importlib import import_module

from django.conf import settings

from lti_tool.domain.retention import Kind, over_since
from lti_tool.lti import services as lti
from lti_tool.lti.models import Launch


def delete_old_visits(*, at: datetime) -> int:
    """Delete browser sessions that ran out, and launches a while after they did. Returns the launches.

    What a platform asked of an author and nobody answered goes with them.
    """
    lti.forget_old_requests(at=at)
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    _, deleted = Launch.objects.filter(expires_at__lte=over_since(Kind.LAUNCH, at=at)).delete()
    return deleted.get(Launch._meta.label, 0)
