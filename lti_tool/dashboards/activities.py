"""A person's own sessions by the place in the course from which they were begun. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.dashboards.week_pattern import level_together
from lti_tool.domain.baseline import BaselineValues
from lti_tool.domain.stress import Level

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Activity:
    """One place, the sessions begun there, and the level of their middle."""

    title: str
    sessions: int
    level: Level


def activities_of(
    sessions: Sequence[JudgedSession], begun_at: Mapping[UUID, str], baseline: BaselineValues | None
) -> tuple[Activity, ...]:
    """The places used lately, the last one first. `begun_at`: the title of a session's place, by session.

    None while there is no usual to hold them to.
    """
    by_title: dict[str, list[JudgedSession]] = {}
    for session in reversed(sessions):
        title = begun_at.get(session.session_id)
        if title and session.counts:
            by_title.setdefault(title, []).append(session)
    if baseline is None:
        return ()
    return tuple(
        Activity(title, len(found), level_together(found, baseline))
        for title, found in list(by_title.items())[:SHOWN]
    )
