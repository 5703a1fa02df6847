"""The clip that stands in for a camera. Knows nothing of students."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_GET

from lti_tool.core.errors import Missing


@require_GET
def sample_clip(request: HttpRequest) -> FileResponse:
    """The demonstration's clip. Raises Missing where none is configured."""
    if not settings.DEMO_SAMPLE_CLIP:
        raise Missing
    return FileResponse(Path(settings.DEMO_SAMPLE_CLIP).open("rb"), content_type="video/mp4")
