"""The policies that are compared: the default, and others that differ from it in one thing.

The default is what `docs/alert-policy.md` argues for with these figures, not the most sensitive of them.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from lti_tool.domain.alerting import DEFAULT, AlertPolicy
from lti_tool.domain.baseline import LEARNING, LearningRule

ANY_LOW = -1000.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A policy under its name, with the way in which the usual is learned."""

    name: str
    policy: AlertPolicy
    learning: LearningRule = LEARNING


CANDIDATES = (
    Candidate("default", DEFAULT),
    Candidate("not_asked_first", replace(DEFAULT, ask_first=False)),
    Candidate("sooner", replace(DEFAULT, over=timedelta(days=3))),
    Candidate("two_of_four", replace(DEFAULT, of_last=4, at_least=2, over=timedelta(days=3))),
    Candidate("four_of_six", replace(DEFAULT, of_last=6, at_least=4)),
    Candidate("no_lower_bound", replace(DEFAULT, low_above=ANY_LOW)),
    Candidate("higher_bound", replace(DEFAULT, low_above=DEFAULT.low_above + 1)),
    Candidate(
        "two_weeks",
        replace(DEFAULT, over=timedelta(days=14), window=timedelta(days=17), reach=timedelta(days=28)),
    ),
    Candidate("learns_at_once", DEFAULT, replace(LEARNING, waits=timedelta(0))),
    Candidate("learns_late", DEFAULT, replace(LEARNING, waits=timedelta(weeks=8))),
)
