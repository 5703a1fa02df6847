"""Counts what a policy did to simulated students. Knows the truth, which the rules never do."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from math import ceil
from statistics import median
from typing import Any

from lti_tool.domain.predictive import Share, wilson
from lti_tool.policy.simulation.people import WEEKS
from lti_tool.policy.simulation.run import Student, Term

CASELOAD = 80
LONG = 14  # days: a spell that lasts as long as this can persist at all
Lived = tuple[Student, Term]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a policy does. Shares are of: all spells, spells of two weeks or more that show in the face, weeks
    without tension in which an alert was possible, and alerts."""

    sensitivity: Share | None
    sensitivity_long_visible: Share | None
    specificity: Share | None
    predictive_value: Share | None
    median_days: float | None
    p90_days: float | None
    alerts_per_counselor_week: float
    asked_per_counselor_week: float

    def to_json(self) -> dict[str, Any]:
        """Plain values, rounded to what the number of students allows."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def figures_of(lived: Sequence[Lived]) -> Figures:
    """The figures of a cohort under one policy."""
    spells = [(student, term) for student, term in lived if student.episode]
    delays = sorted(delay for student, term in spells if (delay := _delay(student, term)) is not None)
    long = [(s, t) for s, t in spells if s.episode and s.episode.visible and s.episode.days >= LONG]
    alerts = [s.is_tense(day) for s, t in lived for day in t.alerts]
    weeks = [quiet for student, term in lived for quiet in _ordinary_weeks(student, term)]
    per_week = CASELOAD / (len(lived) * WEEKS)
    return Figures(
        sensitivity=_share(_delay(s, t) is not None for s, t in spells),
        sensitivity_long_visible=_share(_delay(s, t) is not None for s, t in long),
        specificity=_share(weeks),
        predictive_value=_share(alerts),
        median_days=median(delays) if delays else None,
        p90_days=delays[ceil(0.9 * len(delays)) - 1] if delays else None,
        alerts_per_counselor_week=len(alerts) * per_week,
        asked_per_counselor_week=sum(len(t.asked) for _, t in lived) * per_week,
    )


def _delay(student: Student, term: Term) -> int | None:
    """Days from the start of the spell to the first alert about it; None when it was missed."""
    if student.episode is None:
        return None
    days = [day - student.episode.start + 1 for day in term.alerts if student.is_tense(day)]
    return min(days, default=None)


def _ordinary_weeks(student: Student, term: Term) -> list[bool]:
    """For each week without tension, in which something was measured and an alert possible: was there none?

    A week in which a case was open or everything was quiet cannot go wrong, and would flatter the policy.
    """
    measured = {session.week for session in student.sessions if session.score is not None}
    weeks = []
    for week in range(WEEKS):
        days = range(7 * week, 7 * week + 7)
        tense = any(student.is_tense(day) for day in days)
        if week in measured and days[0] not in term.busy and not tense:
            weeks.append(not any(day in term.alerts for day in days))
    return weeks


def _share(hits: Iterable[bool]) -> Share | None:
    known = list(hits)
    return wilson(sum(known), len(known))


def _plain(value: Share | float | None) -> list[float] | float | None:
    if isinstance(value, Share):
        return [round(value.value, 4), round(value.low, 4), round(value.high, 4), value.n]
    return round(value, 2) if value is not None else None
