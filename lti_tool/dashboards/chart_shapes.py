"""What a trend chart is made of: the data it shows, the canvas, the shapes laid out on it. Values only."""

from dataclasses import dataclass
from datetime import datetime


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
class Usual:
    """What is ordinary for one person: a middle and the range around it."""

    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Trend:
    """What is drawn: estimates by time, moments at which nothing could be told, the usual, the window."""

    estimates: tuple[Estimate, ...]
    unknown: tuple[datetime, ...]
    usual: Usual | None
    start: datetime
    end: datetime
    now: datetime


@dataclass(frozen=True, slots=True)
class Canvas:
    """A drawing surface in pixels, and the scores at its floor and top."""

    width: int
    height: int
    left: int = 8
    right: int = 8
    top: int = 8
    bottom: int = 8
    lowest: float = 0.0
    highest: float = 1.0

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
