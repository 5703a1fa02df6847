"""Questions of the reading pages that need no sealed bytes."""

from lti_tool.dashboards.class_picture import PublishedWeek
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context
from lti_tool.records import selectors as records


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
