"""The activities of a week that is being published. Knows levels by student; writes shares alone."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from lti_tool.domain.activities import activity_shares, one_activity_each
from lti_tool.domain.aggregation import ClassBands
from lti_tool.domain.blur import Blurs
from lti_tool.domain.stress import Level
from lti_tool.records.models import ActivityWeek, ClassWeek
from lti_tool.records.selectors import activities_of
from lti_tool.records.summaries import SessionSummary

Sessions = Mapping[int, Sequence[SessionSummary]]
Begun = Mapping[UUID, int]
"""By session, the key of the activity from which it was begun."""


def write_activity_weeks(
    week: ClassWeek,
    sessions: Sessions,
    begun: Begun,
    *,
    beside: ClassBands,
    contributors: int,
    blur_of: Callable[[str], Blurs],
) -> None:
    """One row for every activity that the course has, whether anybody did it or not.

    `sessions`: of the week, by student. `beside`, `contributors`: what is shown of the week, and of how many.
    """
    names = [str(pk) for pk in activities_of(week.context).values_list("pk", flat=True)]
    shares = activity_shares(
        one_activity_each(_levels_by_activity(sessions, begun, set(names))),
        week=beside,
        contributors=contributors,
        blurs={name: blur_of(name) for name in names},
    )
    ActivityWeek.objects.bulk_create(
        ActivityWeek(week=week, activity_id=int(name), suppressed=share.suppressed, above=share.above)
        for name, share in shares.items()
    )


def levels_of(sessions: Sequence[SessionSummary]) -> list[Level]:
    """The level of each snippet."""
    return [level for session in sessions for level, count in session.levels.items() for _ in range(count)]


def _levels_by_activity(
    sessions: Sessions, begun: Begun, names: set[str]
) -> dict[str, dict[str, list[Level]]]:
    """By student and activity, what was told in the sessions that were begun from it."""
    found: dict[str, dict[str, list[Level]]] = {}
    for student, theirs in sessions.items():
        of_student = found.setdefault(str(student), {})
        for session in theirs:
            name = str(begun.get(session.session_id))
            if name in names:
                of_student.setdefault(name, []).extend(levels_of([session]))
    return found
