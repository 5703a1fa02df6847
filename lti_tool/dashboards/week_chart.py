"""Where the slots of a week lie, in pixels. Pure geometry: knows no template."""

from dataclasses import dataclass

from lti_tool.dashboards.week_pattern import WEEKDAYS, Part, Slot, WeekPattern

LEFT, TOP = 76, 24
SLOT_WIDTH, SLOT_HEIGHT, BETWEEN = 33, 34, 3
SHAPE = 16


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot as a field, and where its shape begins."""

    slot: Slot
    x: int
    y: int
    width: int = SLOT_WIDTH - BETWEEN
    height: int = SLOT_HEIGHT - BETWEEN

    @property
    def shape_x(self) -> float:
        """So that the shape lies in the middle."""
        return self.x + (self.width - SHAPE) / 2

    @property
    def shape_y(self) -> float:
        """The same, downwards."""
        return self.y + (self.height - SHAPE) / 2


@dataclass(frozen=True, slots=True)
class Row:
    """One part of the day: where its name stands, and its seven fields."""

    part: Part
    label_y: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class WeekDrawing:
    """The whole strip. `days`: the middle of each weekday's column."""

    rows: tuple[Row, ...]
    days: tuple[float, ...]
    width: int
    height: int
    shape: int = SHAPE


def draw_week(pattern: WeekPattern) -> WeekDrawing:
    """Weekdays as columns, parts of the day as rows."""
    rows = tuple(_row(number, part, slots) for number, (part, slots) in enumerate(pattern.rows.items()))
    days = tuple(_x(day) + (SLOT_WIDTH - BETWEEN) / 2 for day in WEEKDAYS)
    return WeekDrawing(rows, days, _x(len(WEEKDAYS)), TOP + len(rows) * SLOT_HEIGHT)


def _row(number: int, part: Part, slots: tuple[Slot, ...]) -> Row:
    y = TOP + number * SLOT_HEIGHT
    return Row(part, y + (SLOT_HEIGHT - BETWEEN) / 2, tuple(Cell(s, _x(s.weekday), y) for s in slots))


def _x(weekday: int) -> int:
    return LEFT + weekday * SLOT_WIDTH
