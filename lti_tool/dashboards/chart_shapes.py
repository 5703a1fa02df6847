"""What a trend chart is made of: the data it shows, the canvas, the shapes laid out on it. Values only."""

from dataclasses import dataclass
from datetime import datetime

LANE_TOP = 32
LANE_NUMBERS = (0, 5, 10)


@dataclass(frozen=True, slots=True)
class Estimate:
    """One estimate with its interval, on the score's scale from 0 to 1.

    `counts` is False where the person said that it does not fit.
    """

    at: datetime
    value: float
    low: float
    high: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """One check-in: how tense somebody said to be, from 0 to 10. A scale of its own, never the estimate's."""

    at: datetime
    stress: int


@dataclass(frozen=True, slots=True)
class Usual:
    """What is ordinary for one person: a middle and the range around it."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: estimates by time, moments at which nothing could be told, the usual, the window.

    `said`: check-ins of the window, in a lane above.
    """

    estimates: tuple[Estimate, ...]
    unknown: tuple[datetime, ...]
    usual: Usual | None
    start: datetime
    end: datetime
    now: datetime
    said: tuple[Said, ...] = ()

    @property
    def only_said(self) -> bool:
        """Whether there are check-ins and no session at all."""
        return bool(self.said) and not self.estimates and not self.unknown


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing surface in pixels, and the scores at its floor and top.

    `lane`: the height of the strip of check-ins above the plot, 0 where there is none.
    """

    width: int
    height: int
    left: int = 8
    right: int = 8
    top: int = 8
    bottom: int = 8
    lowest: float = 0.0
    highest: float = 1.0
    lane: int = 0

    @property
    def plot_width(self) -> int:
        """Pixels between the margins."""
        return self.width - self.left - self.right

    @property
    def floor(self) -> int:
        """The y of the lowest score."""
        return self.height - self.bottom

    @property
    def edge(self) -> int:
        """The x where the window ends."""
        return self.width - self.right

    @property
    def note_y(self) -> int:
        """Where a word about a stretch of the axis stands, just above it."""
        return self.floor - 8

    @property
    def title_y(self) -> int:
        """Where the plot's own heading stands, above it."""
        return self.top - 16

    @property
    def has_plot(self) -> bool:
        """False where only the lane is drawn."""
        return self.floor > self.top

    @property
    def lane_top(self) -> int:
        """The y of a ten in the lane."""
        return LANE_TOP

    @property
    def lane_floor(self) -> int:
        """The y of a zero in the lane."""
        return LANE_TOP + self.lane

    @property
    def ceiling(self) -> int:
        """Where the lines of the weeks begin."""
        return self.lane_top if self.lane else self.top

    @property
    def lane_marks(self) -> tuple[tuple[int, float], ...]:
        """The numbers that the lane names, each with its y."""
        return tuple((number, self.lane_y(number)) for number in LANE_NUMBERS)

    def lane_y(self, stress: int) -> float:
        """More lies higher, as with the estimate."""
        return round(self.lane_floor - stress / max(LANE_NUMBERS) * self.lane, 1)

    @property
    def date_y(self) -> int:
        """Where dates stand, under the axis."""
        return self.floor + 22

    def y(self, score: float) -> float:
        """More tension lies higher."""
        share = (score - self.lowest) / (self.highest - self.lowest)
        inside = min(max(share, 0.0), 1.0)
        return round(self.floor - inside * (self.floor - self.top), 1)

    def x(self, at: datetime, trend: Trend) -> float:
        """Time runs to the right; the window's ends are the plot's ends."""
        share = (at - trend.start) / (trend.end - trend.start)
        return round(self.left + min(max(share, 0.0), 1.0) * self.plot_width, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """One estimate: a point, and the whisker from low to high."""

    x: float
    y: float
    low_y: float
    high_y: float
    counts: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Estimates without a gap between them, as a line and the ribbon of their intervals."""

    marks: tuple[Mark, ...]

    @property
    def line(self) -> str:
        """Points of an SVG polyline."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)

    @property
    def ribbon(self) -> str:
        """Points of an SVG polygon: along the upper bounds, and back along the lower ones."""
        there = [f"{mark.x},{mark.high_y}" for mark in self.marks]
        back = [f"{mark.x},{mark.low_y}" for mark in reversed(self.marks)]
        return " ".join(there + back)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch on the x axis."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """Its length in pixels."""
        return round(self.end - self.start, 1)

    @property
    def middle(self) -> float:
        """Where its label goes."""
        return round((self.start + self.end) / 2, 1)


@dataclass(frozen=True, slots=True)
class Tick:
    """The first moment of a week. `label` is empty where there is no room for a word."""

    x: float
    at: datetime
    labelled: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The usual as a rectangle."""

    y: float
    height: float
    middle_y: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where a word stands."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything a template needs to write the chart down."""

    canvas: Canvas
    band: Band | None
    runs: tuple[Run, ...]
    singles: tuple[Mark, ...]
    unknown: tuple[float, ...]
    gaps: tuple[Span, ...]
    ticks: tuple[Tick, ...]
    usual_label: Label | None
    latest_label: Label | None
    said: tuple[Label, ...] = ()
