"""Questions of the reading pages that need no sealed bytes."""

from datetime import date
from itertools import groupby

from lti_tool.dashboards.class_activities import TEN, ActivityCell, PublishedActivity, Shown
from lti_tool.dashboards.class_picture import PublishedWeek, picture_of
from lti_tool.dashboards.class_table import ClassTable
from lti_tool.domain.stress import Level
from lti_tool.lti.models import Context
from lti_tool.records import selectors as records
from lti_tool.records.models import ActivityWeek, ClassWeek


def class_table(context: Context) -> ClassTable:
    """All that an instructor may see of a course. Two questions to the database, whatever was published."""
    rows = list(records.class_weeks(context))
    picture = picture_of([_week(row) for row in rows])
    first = picture.columns[0].start if picture.columns else date.max
    of_activities = records.activity_weeks(context, since=first)
    return ClassTable(
        picture,
        tuple(_activity(list(theirs)) for _, theirs in groupby(of_activities, lambda row: row.activity_id)),
        generated=any(row.generated for row in rows),
    )


def _week(row: ClassWeek) -> PublishedWeek:
    shares = {Level(band): share for band, share in row.bands.items()}
    return PublishedWeek(row.week_start, row.suppressed, shares)


def _activity(rows: list[ActivityWeek]) -> PublishedActivity:
    link = rows[0].activity
    weeks = {row.week.week_start: _cell(row) for row in rows}
    return PublishedActivity(str(link), link.difficulty, link.due_date, weeks)


def _cell(row: ActivityWeek) -> ActivityCell:
    if row.suppressed:
        return ActivityCell(Shown.HIDDEN)
    if row.above is None:
        return ActivityCell(Shown.FEW)
    return ActivityCell(Shown.SHARE, round(row.above / TEN))
