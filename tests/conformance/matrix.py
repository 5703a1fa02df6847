"""A pytest plugin: which clause of which specification is held up by which test, and how that went.

Use it by `make conformance`. Tests name their clauses by `@pytest.mark.spec(name, section)`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

PROPERTY = "spec"
BETWEEN = " § "


class Clause(NamedTuple):
    specification: str
    section: str

    @property
    def order(self) -> tuple[str, list[int]]:
        return self.specification, [int(part) for part in self.section.split(".") if part.isdecimal()]


class Test(NamedTuple):
    """One test function; its parameters are counted, not listed."""

    file: str
    name: str


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests that name a clause, and note it where a report of another process still carries it."""
    named = [item for item in items if item.get_closest_marker(PROPERTY)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(named)])
    items[:] = named
    for item in named:
        clauses = {Clause(*mark.args) for mark in item.iter_markers(PROPERTY)}
        item.user_properties.extend((PROPERTY, BETWEEN.join(clause)) for clause in sorted(clauses))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the matrix. Failures are also shown in full above, as always."""
    found: dict[Clause, dict[Test, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            for clause in _clauses(report):
                found[clause][_test(report.nodeid)][outcome] += 1
    terminalreporter.section("conformance")
    for line in _lines(found):
        terminalreporter.write_line(line)


def _clauses(report: pytest.TestReport) -> list[Clause]:
    return [Clause(*str(value).split(BETWEEN)) for name, value in report.user_properties if name == PROPERTY]


def _test(nodeid: str) -> Test:
    file, _, name = nodeid.partition("::")
    return Test(file.removeprefix("tests/"), name.partition("[")[0])


def _lines(found: dict[Clause, dict[Test, Counter[str]]]) -> Iterator[str]:
    specification = ""
    for clause in sorted(found, key=lambda clause: clause.order):
        if clause.specification != specification:
            specification = clause.specification
            yield f"\n{specification}"
        for test, outcomes in sorted(found[clause].items()):
            result = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
            yield f"  {clause.section:<10} {test.name:<80} {result}"
