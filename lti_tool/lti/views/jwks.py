"""The tool's public keys, by which a platform knows our signature."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.protocol.key_schedule import CACHED
from lti_tool.lti.selectors import published_keys


@require_safe
@cache_control(public=True, max_age=int(CACHED.total_seconds()))
def jwks(request: HttpRequest) -> JsonResponse:
    """The key set. The first platform to ask has the first key made."""
    at = now()
    services.ensure_tool_key(at=at)
    return JsonResponse({"keys": published_keys(at)})
