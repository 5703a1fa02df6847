"""Questions of the reading pages that need no sealed bytes."""

from uuid import UUID

from lti_tool.capture.models import CaptureSession
from lti_tool.dashboards.class_picture import PublishedWeek
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context, PlatformUser
from lti_tool.records import selectors as records


def places_of_sessions(student: PlatformUser, context: Context) -> dict[UUID, str]:
    """By a session's id, the title of the place in the course from which it was begun, where one is known."""
    begun = CaptureSession.objects.of(student, context).exclude(resource_link=None)
    return dict(begun.values_list("public_id", "resource_link__title"))


def published_weeks(context: Context) -> tuple[tuple[PublishedWeek, ...], bool]:
    """The course's published weeks, oldest first, and whether any of them rests on generated records."""
    rows = list(records.class_weeks(context))
    weeks = tuple(
        PublishedWeek(
            row.week_start, row.suppressed, {Level(band): share for band, share in row.bands.items()}
        )
        for row in rows
    )
    return weeks, any(row.generated for row in rows)
