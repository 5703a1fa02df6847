"""What the threat model says of the code is there, and its numbers are the code's."""

import re
from collections import Counter
from pathlib import Path

from lti_tool.administration import site, sittings
from lti_tool.capture import limits
from lti_tool.core.pace import Pace
from lti_tool.lti import paces
from tests.platform.malformed import MALFORMED
from tests.platform.malformed.table import Verdict

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:tests|lti_tool|deploy|static|inference|requirements|docs|\.docker)[\w./-]*)`")
STANDS = ("met", "in part", "not met", "no")


def section(title: str) -> str:
    return re.split(r"\n## ", PAGE.split(f"\n## {title}\n", 1)[1])[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every table's body."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip(" *") for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if row[0] not in {"limit", "point"}]


def paces_of_the_house() -> list[Pace]:
    return [
        value
        for module in (paces, limits, site)
        for value in vars(module).values()
        if isinstance(value, Pace)
    ]


def test_every_file_that_is_named_is_there() -> None:
    named = NAMED.findall(PAGE)
    assert len(set(named)) > 80
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_table_of_limits_is_the_limits() -> None:
    said = {
        row[0].strip("`"): (int(row[2]), int(row[3]), row[4] == "closes")
        for row in rows(section("How often"))
    }
    assert said == {
        pace.name: (pace.most, pace.per_s, pace.closed_when_away) for pace in paces_of_the_house()
    }


def test_the_sessions_are_as_long_as_it_says() -> None:
    (told,) = [row for row in rows(section("Sessions")) if row[0] == "an administrator"]
    assert told[1] == f"{sittings.IDLE_ENDS.seconds // 60} minutes"
    assert told[2] == f"{sittings.DAY_ENDS.seconds // 3600} hours"


def test_the_number_of_malformed_launches_is_right() -> None:
    refused = [bad for bad in MALFORMED.values() if bad.verdict is Verdict.REFUSED]
    assert f"{len(refused)} malformed launches" in PAGE
    assert f"{len(refused)} malformations refused" in PAGE


def test_each_point_of_the_standard_stands_somewhere_and_the_sum_is_right() -> None:
    points = [row for row in rows(PAGE) if re.fullmatch(r"\d+\.\d+\.\d+(-\d+\.\d+\.\d+)?", row[0])]
    assert {row[2] for row in points} == set(STANDS)
    assert all(len(row) == 4 and row[3] for row in points)
    assert {int(row[0].split(".")[0]) for row in points} == set(range(1, 18))

    count = Counter(row[2] for row in points)
    said = (
        f"{len(points)} rows: {count['met']} met, {count['in part']} in part, "
        f"{count['not met']} not met, {count['no']} do not apply."
    )
    assert said in PAGE
