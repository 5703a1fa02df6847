"""The attack at length, as the table of docs/aggregates.md. `python -m tests.attack [worlds]`."""

import sys

from tests.attack.publishing import as_the_tool_does, for_anybody, live, without_blur
from tests.attack.term import Question, Turnout
from tests.attack.trial import attack

WAYS = (as_the_tool_does, without_blur, live, for_anybody)


def main(worlds: int) -> None:
    """One row for each question and turnout."""
    say(
        "| whether the target | who else takes part |",
        *(f" {way.__name__.replace('_', ' ')} |" for way in WAYS),
    )
    say("|---|---|", *("--:|" for _ in WAYS))
    for question in Question:
        for turnout in Turnout:
            found = (attack(question, turnout, way, worlds=worlds)[0] for way in WAYS)
            say(f"| {question} | {turnout} |", *(f" {max(0.0, share):.2f} |" for share in found))


def say(*parts: str) -> None:
    """One line at once: the next one takes its time."""
    sys.stdout.write("".join(parts) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
