"""What the student's page is told about its snippets. Reads, never measures."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from lti_tool.capture.models import CaptureSession, Snippet, SnippetState
from lti_tool.capture.selectors import sessions_since, snippets_since
from lti_tool.capture.wording import (
    DISCARDED,
    FAILURE_WORDS,
    STILL_LEARNING,
    main_reason,
    words_for_reason,
)
from lti_tool.domain.stress import Doubt, Level
from lti_tool.lti.models import Launch
from lti_tool.records.selectors import open_file_of
from lti_tool.records.services import Observation, read_latest

# An hour at the usual pace.
STRIP_COUNT = 360


@dataclass(frozen=True, slots=True)
class Result:
    """One snippet in words. `reason` is for machines; `level` is empty until it is measured."""

    snippet: str
    client_id: str
    state: str
    reason: str
    level: str
    words: str
    captured_at: str
    finished_at: str | None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


def results_of(session: CaptureSession, *, after: datetime | None) -> list[Result]:
    """Every waiting snippet of the session, and those that ended after a moment, oldest first."""
    snippets = snippets_since(session, after)
    measured = sum(snippet.record_id is not None for snippet in snippets)
    observed = _newest_observations(session, measured) if measured else {}
    return [_result(snippet, observed.get(snippet.captured_at)) for snippet in snippets]


def recent_levels(launch: Launch, *, since: datetime) -> list[dict[str, str]]:
    """When and what was measured since a moment, for the strip of a page that was just opened."""
    sessions = sessions_since(launch, since)
    file = open_file_of(launch.user, launch.context)
    if file is None:
        return []
    read = (read_latest(file=file, session_id=session.public_id, count=STRIP_COUNT) for session in sessions)
    observed = (one for observations in read for one in observations if one.recorded_at >= since)
    return [{"at": one.recorded_at.isoformat(), "level": _strip_level(one)} for one in observed]


def _strip_level(observation: Observation) -> str:
    return "learning" if observation.doubt is Doubt.CALIBRATING else observation.level


def _newest_observations(session: CaptureSession, count: int) -> Mapping[datetime, Observation]:
    file = open_file_of(session.student, session.context)
    if file is None:
        return {}
    latest = read_latest(file=file, session_id=session.public_id, count=count)
    return {observation.recorded_at: observation for observation in latest}


def _result(snippet: Snippet, observation: Observation | None) -> Result:
    reason, level, words = _told(snippet, observation)
    return Result(
        snippet=str(snippet.public_id),
        client_id=str(snippet.client_id),
        state=snippet.state,
        reason=reason,
        level=level,
        words=words,
        captured_at=snippet.captured_at.isoformat(),
        finished_at=snippet.finished_at.isoformat() if snippet.finished_at else None,
    )


def _told(snippet: Snippet, observation: Observation | None) -> tuple[str, str, str]:
    if snippet.state == SnippetState.FAILED:
        return snippet.failure, Level.UNKNOWN, str(FAILURE_WORDS.get(snippet.failure, ""))
    if snippet.state == SnippetState.DISCARDED:
        return "discarded", Level.UNKNOWN, str(DISCARDED)
    if snippet.state != SnippetState.MEASURED or observation is None:
        return "", "", ""
    if observation.score is None:
        reason = main_reason(observation.reasons)
        return reason, Level.UNKNOWN, words_for_reason(reason)
    if observation.doubt is Doubt.CALIBRATING:
        return observation.doubt, Level.UNKNOWN, str(STILL_LEARNING)
    return observation.doubt or "", observation.level, observation.words
