"""Where the marks of a chart lie: true to the data, inside the picture, and never a line over a gap."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.dashboards.chart_shapes import Drawing, Estimate, Trend, Usual
from lti_tool.dashboards.charts import GAP, NARROW, WIDE, draw, spark_canvas

START = datetime(2026, 8, 31, tzinfo=UTC)
END = START + timedelta(weeks=12)
USUAL = Usual(middle=0.3, low=0.2, high=0.4)
HOUR = timedelta(hours=1)


def trend(hours: list[int], *, unknown: tuple[int, ...] = (), usual: Usual | None = USUAL) -> Trend:
    return Trend(
        estimates=tuple(Estimate(START + hour * HOUR, 0.5, 0.4, 0.6) for hour in hours),
        unknown=tuple(START + hour * HOUR for hour in unknown),
        usual=usual,
        start=START,
        end=END,
        now=END,
    )


def marks_of(drawing: Drawing) -> int:
    return len(drawing.singles) + sum(len(run.marks) for run in drawing.runs)


scores = st.floats(0, 1)
hours = st.lists(st.integers(0, 12 * 7 * 24 - 1), unique=True, max_size=150).map(sorted)


@given(scores, scores)
def test_more_tension_never_lies_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert WIDE.y(low) >= WIDE.y(high)


@given(hours)
def test_every_estimate_is_drawn_once_and_inside_the_plot(moments: list[int]) -> None:
    for canvas in (WIDE, NARROW):
        drawing = draw(trend(moments), canvas)
        assert marks_of(drawing) == len(moments)
        for mark in (*drawing.singles, *(mark for run in drawing.runs for mark in run.marks)):
            assert canvas.left <= mark.x <= canvas.edge
            assert canvas.top <= mark.high_y <= mark.y <= mark.low_y <= canvas.floor


@given(hours, st.lists(st.integers(0, 12 * 7 * 24 - 1), max_size=5))
def test_no_line_crosses_a_long_pause_or_a_session_that_could_not_be_told(
    moments: list[int], unknown: list[int]
) -> None:
    drawn = trend(moments, unknown=tuple(unknown))
    drawing = draw(drawn, NARROW)
    for run in drawing.runs:
        first, last = run.marks[0].x, run.marks[-1].x
        for gap in drawing.gaps:
            assert gap.end <= first + 0.1 or gap.start >= last - 0.1 or gap.width == 0
        for before, after in pairwise(run.marks):
            assert not any(before.x < x < after.x for x in drawing.unknown)


def test_few_sessions_get_whiskers_and_many_get_a_ribbon() -> None:
    few = draw(trend(list(range(0, 240, 24))), WIDE)
    many = draw(trend(list(range(0, 2000, 12))), WIDE)
    assert (len(few.singles), few.runs) == (10, ())
    assert many.singles == ()
    assert len(many.runs) == 1


def test_a_ribbon_goes_there_along_the_upper_bounds_and_back_along_the_lower() -> None:
    run = draw(trend(list(range(0, 2000, 12))), WIDE).runs[0]
    corners = run.ribbon.split()
    assert len(corners) == 2 * len(run.marks)
    assert corners[0] == f"{run.marks[0].x},{run.marks[0].high_y}"
    assert corners[-1] == f"{run.marks[0].x},{run.marks[0].low_y}"


def test_a_pause_of_a_week_is_ordinary_and_a_longer_one_is_a_gap() -> None:
    week = 7 * 24
    ordinary = trend(list(range(0, 12 * week, week)))
    assert draw(ordinary, WIDE).gaps == ()
    paused = trend([0, 24, 24 + round(GAP / HOUR) + 1, *range(300, 12 * week, week)])
    (gap,) = draw(paused, WIDE).gaps
    assert gap.start == WIDE.x(START + 24 * HOUR, paused)


def test_silence_up_to_now_is_a_gap_but_the_days_to_come_are_not() -> None:
    silent = trend([0])
    assert draw(silent, WIDE).gaps[-1].end == WIDE.edge
    young = Trend(silent.estimates, (), USUAL, START, END, now=START + 2 * 24 * HOUR)
    assert draw(young, WIDE).gaps == ()


def test_the_usual_is_a_band_at_its_own_scores_and_absent_while_it_is_learned() -> None:
    band = draw(trend([0]), WIDE).band
    assert band is not None
    assert band.y == WIDE.y(0.4)
    assert round(band.y + band.height, 1) == WIDE.y(0.2)
    learning = draw(trend([0], usual=None), WIDE)
    assert learning.band is None
    assert learning.usual_label is None


@given(scores)
def test_the_two_labels_never_lie_on_each_other(score: float) -> None:
    last = Trend((Estimate(END - HOUR, score, score, score),), (), USUAL, START, END, END)
    drawing = draw(last, NARROW)
    assert drawing.usual_label is not None
    assert drawing.latest_label is not None
    assert abs(drawing.usual_label.y - drawing.latest_label.y) >= 17.9


def test_labelled_weeks_have_room_for_their_words() -> None:
    for canvas in (WIDE, NARROW):
        labelled = [tick.x for tick in draw(trend([]), canvas).ticks if tick.labelled]
        assert len(labelled) >= 2
        assert all(b - a >= 60 for a, b in pairwise(labelled))


@given(st.floats(0.1, 0.9), st.floats(0.02, 0.2))
def test_in_a_list_every_usual_has_the_same_place_and_height(middle: float, half: float) -> None:
    usual = Usual(middle, middle - half, middle + half)
    band = draw(trend([0], usual=usual), spark_canvas(usual)).band
    reference = draw(trend([0]), spark_canvas(USUAL)).band
    assert band is not None
    assert reference is not None
    assert abs(band.y - reference.y) <= 0.2
    assert abs(band.height - reference.height) <= 0.2


@given(hours, st.sets(st.integers(0, 149)))
def test_what_its_person_set_apart_stands_alone_and_is_drawn_as_that(
    moments: list[int], apart: set[int]
) -> None:
    drawn = trend(moments)
    estimates = tuple(replace(e, counts=number not in apart) for number, e in enumerate(drawn.estimates))
    drawing = draw(replace(drawn, estimates=estimates), NARROW)
    assert all(mark.counts for run in drawing.runs for mark in run.marks)
    assert sum(not mark.counts for mark in drawing.singles) == sum(not e.counts for e in estimates)
