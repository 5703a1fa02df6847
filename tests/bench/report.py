"""What many visits cost, as a table and as JSON."""

import statistics
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.bench.parts import Part
from tests.bench.stopwatch import Spent
from tests.bench.visits import Visit

Report = dict[str, dict[str, Any]]

STEPS: Final = ("login", "launch", "whole_launch", "page")
IN_TABLE: Final = ("whole_launch", "page")


def report(visits: Mapping[str, Sequence[Visit]]) -> Report:
    """From whose visits, and which step of them, to milliseconds and numbers of statements."""
    return {
        who: {step: _summary([getattr(visit, step) for visit in made]) for step in STEPS}
        for who, made in visits.items()
    }


def _summary(spent: Sequence[Spent]) -> dict[str, Any]:
    return {
        "median_ms": _median_ms([one.whole for one in spent]),
        "p95_ms": 1e3 * statistics.quantiles([one.whole for one in spent], n=20)[-1],
        "statements": statistics.median(one.times[Part.SQL] for one in spent),
        "parts_ms": {part.name.lower(): _median_ms([one.seconds[part] for one in spent]) for part in Part},
    }


def _median_ms(seconds: Sequence[float]) -> float:
    return 1e3 * statistics.median(seconds)


def as_table(report: Report) -> str:
    """Two columns for each kind of visit: the whole launch, and the page that follows."""
    columns = [(f"{who}: {step.replace('_', ' ')}", report[who][step]) for who in report for step in IN_TABLE]
    rows = [
        ["CPU ms, median", *(name for name, _ in columns)],
        *([part.value, *_cells(part, columns)] for part in Part),
        ["all", *(f"{column['median_ms']:.2f}" for _, column in columns)],
        ["all, 95th percentile", *(f"{column['p95_ms']:.2f}" for _, column in columns)],
        ["statements", *(f"{column['statements']:.0f}" for _, column in columns)],
    ]
    rows.insert(1, ["---", *("---:" for _ in columns)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(part: Part, columns: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    return [f"{column['parts_ms'][part.name.lower()]:.2f}" for _, column in columns]
