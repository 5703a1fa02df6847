"""Where the marks of a trend chart lie, in pixels. Pure geometry: knows no student, template or database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from lti_tool.dashboards.chart_shapes import (
    LANE_TOP,
    Band,
    Canvas,
    Drawing,
    Estimate,
    Label,
    Mark,
    Run,
    Span,
    Tick,
    Trend,
    Usual,
)

# A weekly session is ordinary; a pause longer than this is a gap, and a line across it would invent data.
GAP = timedelta(days=8)
# Under this many pixels a point, whiskers would touch: then a line with a ribbon is drawn.
ROOM_PER_POINT = 14
# Labels closer than a line of text are moved apart.
LABEL_HEIGHT = 18.0


# The whole scale, always: two weeks, and two charts, can be laid side by side.
WIDE = Canvas(width=880, height=320, left=12, right=112, top=32, bottom=52)
NARROW = Canvas(width=340, height=280, left=6, right=62, top=32, bottom=52)
# Room for the numbers 0 to 10, and for the heading of the plot under them.
LANE = 64
UNDER_LANE = 44
SPARK = Canvas(width=200, height=48, left=4, right=4, top=4, bottom=4)


def spark_canvas(usual: Usual | None) -> Canvas:
    """A small canvas on the person's own scale: in a list, every usual has the same place and height."""
    if usual is None:
        return SPARK
    half = (usual.high - usual.low) / 2
    return replace(SPARK, lowest=usual.middle - 3 * half, highest=usual.middle + 4 * half)


def fitted(canvas: Canvas, trend: Trend) -> Canvas:
    """With a lane for check-ins where there are any; the lane alone where there is nothing else."""
    if not trend.said:
        return canvas
    top = LANE_TOP + LANE + (0 if trend.only_said else UNDER_LANE)
    plot = 0 if trend.only_said else canvas.floor - canvas.top
    return replace(canvas, top=top, height=top + plot + canvas.bottom, lane=LANE)


def draw(trend: Trend, canvas: Canvas) -> Drawing:
    """Lay the trend out: whiskers where points have room, else a ribbon; never a line over a gap."""
    marks = tuple(_mark(estimate, trend, canvas) for estimate in trend.estimates)
    groups = [[marks[i] for i in group] for group in _unbroken(trend)]
    crowded = len(marks) * ROOM_PER_POINT > canvas.plot_width
    runs = tuple(Run(tuple(group)) for group in groups if crowded and len(group) > 1)
    singles = tuple(mark for group in groups if not crowded or len(group) == 1 for mark in group)
    band = _band(trend.usual, canvas) if trend.usual else None
    usual_label, latest_label = _labels(band, marks, canvas)
    return Drawing(
        canvas=canvas,
        band=band,
        runs=runs,
        singles=singles,
        unknown=tuple(canvas.x(at, trend) for at in trend.unknown),
        gaps=_gaps(trend, canvas),
        ticks=_ticks(trend, canvas),
        usual_label=usual_label,
        latest_label=latest_label,
        said=_said(trend, canvas) if canvas.lane else (),
    )


def _mark(estimate: Estimate, trend: Trend, canvas: Canvas) -> Mark:
    return Mark(
        x=canvas.x(estimate.at, trend),
        y=canvas.y(estimate.value),
        low_y=canvas.y(estimate.low),
        high_y=canvas.y(estimate.high),
        counts=estimate.counts,
    )


def _said(trend: Trend, canvas: Canvas) -> tuple[Label, ...]:
    return tuple(Label(canvas.x(said.at, trend), canvas.lane_y(said.stress)) for said in trend.said)


def _unbroken(trend: Trend) -> list[list[int]]:
    """Indices of estimates that a line may join: no long pause and no "we could not tell" between them.

    One that its person said does not fit stands alone.
    """
    groups: list[list[int]] = []
    for index, estimate in enumerate(trend.estimates):
        before = trend.estimates[index - 1] if index else None
        if before is None or _broken(before, estimate, trend.unknown):
            groups.append([])
        groups[-1].append(index)
    return groups


def _broken(before: Estimate, after: Estimate, unknown: Sequence[datetime]) -> bool:
    apart = after.at - before.at > GAP or any(before.at < at < after.at for at in unknown)
    return apart or not before.counts or not after.counts


def _gaps(trend: Trend, canvas: Canvas) -> tuple[Span, ...]:
    """Pauses without any session, up to the end of the window."""
    seen = sorted([estimate.at for estimate in trend.estimates] + list(trend.unknown))
    moments = [*seen, trend.now] if seen else []
    return tuple(
        Span(canvas.x(before, trend), canvas.x(after, trend))
        for before, after in pairwise(moments)
        if after - before > GAP
    )


def _ticks(trend: Trend, canvas: Canvas, room_per_label: int = 64) -> tuple[Tick, ...]:
    """One tick a week from the window's start; labelled where the words do not touch."""
    week = timedelta(weeks=1)
    count = int((trend.end - trend.start) / week) + 1
    every = max(1, -(-count * room_per_label // canvas.plot_width))
    moments = [trend.start + number * week for number in range(count)]
    return tuple(
        Tick(canvas.x(at, trend), at, labelled=number % every == 0)
        for number, at in enumerate(moments)
        if at < trend.end
    )


def _band(usual: Usual, canvas: Canvas) -> Band:
    top, bottom = canvas.y(usual.high), canvas.y(usual.low)
    return Band(y=top, height=round(bottom - top, 1), middle_y=canvas.y(usual.middle))


def _labels(band: Band | None, marks: Sequence[Mark], canvas: Canvas) -> tuple[Label | None, Label | None]:
    """Words at the things they name, moved apart where they would lie on each other."""
    usual = Label(canvas.edge + 8, band.middle_y) if band else None
    if not marks:
        return usual, None
    latest = Label(marks[-1].x + 10, marks[-1].y)
    if usual is None or latest.x < canvas.edge - 60 or abs(latest.y - usual.y) >= LABEL_HEIGHT:
        return usual, latest
    shift = LABEL_HEIGHT if latest.y >= usual.y else -LABEL_HEIGHT
    return usual, Label(latest.x, round(usual.y + shift, 1))
