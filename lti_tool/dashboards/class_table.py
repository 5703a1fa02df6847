"""All that is shown of a class, cell by cell. The page, the file and the picture are made of it alone."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from django.utils.translation import gettext as _

from lti_tool.dashboards.class_activities import ActivityCell, PublishedActivity
from lti_tool.dashboards.class_picture import ClassPicture, Column
from lti_tool.dashboards.class_words import cell_words, sentences
from lti_tool.dashboards.words import THEIRS, level_words

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One activity over the weeks shown."""

    activity: PublishedActivity
    cells: tuple[tuple[Column, ActivityCell], ...]


@dataclass(frozen=True, slots=True)
class ClassTable:
    """Weeks as columns; bands of the class, then activities, as rows."""

    picture: ClassPicture
    activities: tuple[PublishedActivity, ...]
    generated: bool

    @property
    def rows(self) -> tuple[ActivityRow, ...]:
        """The activities, in the order in which they were placed."""
        columns = self.picture.columns
        return tuple(
            ActivityRow(activity, tuple((column, activity.cell(column.start)) for column in columns))
            for activity in self.activities
        )

    @property
    def width(self) -> int:
        """How many cells a row has, its name included."""
        return 1 + len(self.picture.columns)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it says in words."""
        return sentences(self.picture.open_weeks, self.activities)


def as_csv(table: ClassTable) -> str:
    """The same cells with the same words, one row a line."""
    out = StringIO()
    csv.writer(out).writerows([_safe(text) for text in line] for line in _lines(table))
    return out.getvalue()


def _lines(table: ClassTable) -> Iterator[Sequence[str]]:
    columns = table.picture.columns
    # Translators: heads of a table's columns: what a row is about, how difficult it is, when it is due.
    yield [_("Row"), _("Difficulty"), _("Due"), *(column.start.isoformat() for column in columns)]
    for band in table.picture.rows:
        words = [cell.words if column.open else column.reason for column, cell in band.cells]
        yield [level_words(band.level, THEIRS), "", "", *words]
    for row in table.rows:
        yield [*_facts(row.activity), *(cell_words(cell) for _column, cell in row.cells)]


def _facts(activity: PublishedActivity) -> tuple[str, str, str]:
    difficulty = str(activity.difficulty) if activity.difficulty else ""
    return activity.title, difficulty, activity.due.isoformat() if activity.due else ""


def _safe(text: str) -> str:
    """An activity's title is somebody's text: a spreadsheet must not run it."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
