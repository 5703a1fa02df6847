"""The attack at length, as the tables of docs/aggregates.md. `python -m tests.attack [worlds] [table]`."""

import sys
from collections.abc import Iterable, Sequence

from tests.attack.publishing import (
    Publishing,
    activities_like_weeks,
    activities_of_anybody,
    as_the_tool_does,
    for_anybody,
    live,
    weeks_alone,
    without_blur,
)
from tests.attack.term import Habit, Question, Turnout
from tests.attack.trial import attack

OF_WEEKS = (weeks_alone, without_blur, live, for_anybody)
OF_ACTIVITIES = (weeks_alone, as_the_tool_does, activities_like_weeks, activities_of_anybody)


def weeks(worlds: int) -> None:
    """One row for each question and turnout."""
    head("who else takes part", OF_WEEKS)
    for question in Question:
        for turnout in Turnout:
            found = (attack(question, turnout, way, worlds=worlds)[0] for way in OF_WEEKS)
            row(question, turnout, found)


def activities(worlds: int) -> None:
    """One row for each question and habit, of a class where others take part."""
    head("which activity the others do", OF_ACTIVITIES)
    for question in Question:
        for habit in Habit:
            found = (
                attack(question, Turnout.ANY, way, worlds=worlds, habit=habit)[0] for way in OF_ACTIVITIES
            )
            row(question, habit, found)


TABLES = {"weeks": weeks, "activities": activities}


def head(what: str, ways: Sequence[Publishing]) -> None:
    say("| whether the target |", f" {what} |", *(f" {way.__name__.replace('_', ' ')} |" for way in ways))
    say("|---|---|", *("--:|" for _ in ways))


def row(question: Question, what: str, found: Iterable[float]) -> None:
    say(f"| {question} | {what} |", *(f" {max(0.0, share):.2f} |" for share in found))


def say(*parts: str) -> None:
    """One line at once: the next one takes its time."""
    sys.stdout.write("".join(parts) + "\n")
    sys.stdout.flush()


def main(worlds: str = "1000", *names: str) -> None:
    """All tables, or those that are named."""
    for name in names or TABLES:
        TABLES[name](int(worlds))


if __name__ == "__main__":
    main(*sys.argv[1:])
