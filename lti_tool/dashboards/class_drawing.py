"""Where the marks of a class's picture lie, in pixels. Geometry over what the page shows; adds nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.formats import date_format

from lti_tool.dashboards.class_lettering import cut, wrapped
from lti_tool.dashboards.class_picture import Shape, in_lines
from lti_tool.dashboards.class_table import ClassTable
from lti_tool.dashboards.class_words import cell_words, facts_of
from lti_tool.dashboards.words import THEIRS, level_words

LABELS, COLUMN, ROW, HEAD, EDGE = 264, 84, 52, 64, 16
LINE = 15
LONGEST_LABEL, LONGEST_TITLE, LONGEST_IN_CELL = 34, 30, 13  # letters


@dataclass(frozen=True, slots=True)
class Text:
    """Words at a place."""

    words: str
    x: int
    y: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class ClassDrawing:
    """Everything a template needs to write the picture down."""

    width: int
    height: int
    shapes: tuple[Shape, ...]
    texts: tuple[Text, ...]
    rules: tuple[int, ...]
    """Heights of the lines between rows."""

    @property
    def edge(self) -> int:
        """Where a line across ends."""
        return self.width - EDGE


def draw_class(table: ClassTable, notes: tuple[str, ...]) -> ClassDrawing:
    """The table as a picture, with notes under it."""
    columns = table.picture.columns
    rows = len(table.picture.rows) + len(table.rows)
    foot = HEAD + rows * ROW
    width = max(LABELS + COLUMN * len(columns) + EDGE, 760)
    lines = [line for note in notes for line in wrapped(note, (width - 2 * EDGE) // 7)]
    texts = [*_heads(table), *_labels(table), *_words(table)]
    texts += [Text(line, EDGE, foot + 28 + LINE * n, "quiet") for n, line in enumerate(lines)]
    return ClassDrawing(
        width=width,
        height=foot + 28 + LINE * len(lines) + EDGE,
        shapes=tuple(_shapes(table)),
        texts=tuple(texts),
        rules=tuple(HEAD + ROW * row for row in range(rows + 1)),
    )


def _heads(table: ClassTable) -> Iterator[Text]:
    for number, column in enumerate(table.picture.columns):
        yield Text(date_format(column.start, "SHORT_DATE_FORMAT"), _left(number), HEAD - 10, "strong")


def _labels(table: ClassTable) -> Iterator[Text]:
    for number, band in enumerate(table.picture.rows):
        yield Text(cut(level_words(band.level, THEIRS), LONGEST_LABEL), EDGE, _top(number) + 28)
    for number, row in enumerate(table.rows, start=len(table.picture.rows)):
        yield Text(cut(row.activity.title, LONGEST_TITLE), EDGE, _top(number) + 22, "strong")
        yield Text(facts_of(row.activity), EDGE, _top(number) + 40, "quiet")


def _words(table: ClassTable) -> Iterator[Text]:
    for number, band in enumerate(table.picture.rows):
        for place, (column, cell) in enumerate(band.cells):
            if column.open:
                kind = "text" if cell.tenths else "quiet"
                yield Text(cell.words, _left(place), _top(number) + 44, kind)
            elif number == 0:
                for line, words in enumerate(wrapped(column.reason, LONGEST_IN_CELL)):
                    yield Text(words, _left(place), _top(number) + 16 + LINE * line, "quiet")
    for number, row in enumerate(table.rows, start=len(table.picture.rows)):
        for place, (_column, activity_cell) in enumerate(row.cells):
            kind = "text" if activity_cell.marks else "quiet"
            yield Text(cell_words(activity_cell), _left(place), _top(number) + 44, kind)


def _shapes(table: ClassTable) -> Iterator[Shape]:
    for number, band in enumerate(table.picture.rows):
        for place, (_column, cell) in enumerate(band.cells):
            yield from in_lines((cell.level,) * (cell.tenths or 0), _left(place), _top(number) + 6)
    for number, row in enumerate(table.rows, start=len(table.picture.rows)):
        for place, (_column, activity_cell) in enumerate(row.cells):
            yield from in_lines(activity_cell.marks, _left(place), _top(number) + 6)


def _left(column: int) -> int:
    return LABELS + COLUMN * column


def _top(row: int) -> int:
    return HEAD + ROW * row
