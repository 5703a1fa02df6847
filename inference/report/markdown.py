"""Tables, and the places in a hand-written Markdown file where they belong. Measures nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from inference.errors import InferenceError
from inference.training.intervals import Change, Interval

_PLACE = re.compile(r"<!-- table: (?P<name>[\w-]+) -->\n.*?<!-- end -->", re.DOTALL)


class PageDiffers(InferenceError):
    """A file has no place for a table that was made, or one for a table that was not."""


def fill(text: str, tables: Mapping[str, str]) -> str:
    """Put each table between `<!-- table: name -->` and `<!-- end -->`. Raises PageDiffers."""
    places = [place["name"] for place in _PLACE.finditer(text)]
    if odd := sorted({*places} ^ {*tables}):
        raise PageDiffers(f"tables without a place, or places without a table: {', '.join(odd)}")
    return _PLACE.sub(
        lambda place: f"<!-- table: {place['name']} -->\n\n{tables[place['name']]}\n\n<!-- end -->", text
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ("| " + " | ".join(row) + " |" for row in (heads, ["---"] * len(heads), *rows))
    return "\n".join(lines)


def percent(share: float | None, digits: int = 1) -> str:
    """A share in percent; a dash where there is none."""
    return "-" if share is None else f"{100 * share:.{digits}f} %"


def percent_95(interval: Interval) -> str:
    """An interval of a share."""
    return f"{100 * interval[0]:.1f}-{100 * interval[1]:.1f} %"


def points(change: Change) -> str:
    """A change of a share in percentage points, with its interval."""
    mean, low, high = (100 * value + 0.0 for value in (change.mean, change.low, change.high))
    return f"{mean:+.1f} ({low:+.1f} to {high:+.1f})"


def signed(value: float) -> str:
    """A small number whose sign matters."""
    return f"{value:+.3f}"
