"""What a page says about sessions, in plain words. Pure: no markup, no database, never a diagnosis."""

from collections.abc import Sequence
from dataclasses import dataclass

from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.domain.baseline import SESSIONS_NEEDED, BaselineValues
from lti_tool.domain.stress import Level

RECENT = 5
PERSISTS = 3

REASONS = {
    "undecodable": "picture damaged",
    "no_face": "no face in view",
    "several_faces": "more than one face",
    "face_too_small": "face too far away",
    "turned_away": "face turned away",
    "too_dark": "too dark",
    "too_bright": "too bright",
    "low_contrast": "too little contrast",
    "blurred": "blurred",
    "grainy": "too grainy",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """How a page speaks of the person: to the student, or to the counselor about the student."""

    usual: str
    capital: str


YOURS = Voice(usual="your usual", capital="Your usual")
THEIRS = Voice(usual="their usual", capital="Their usual")


def level_words(level: Level, voice: Voice) -> str:
    """A level's words; "your usual" is "their usual" on a counselor's page."""
    return voice.usual if level is Level.USUAL else level.words


def reason_words(reason: str) -> str:
    """A frame's reason in words; one that is new to this page is shown as it is, not hidden."""
    return REASONS.get(reason, reason.replace("_", " "))


def persists(sessions: Sequence[JudgedSession]) -> bool:
    """Whether tension lay above the usual in most of the last sessions that could be told."""
    return _tense_of_recent(sessions)[0] >= PERSISTS


def pattern_words(sessions: Sequence[JudgedSession], baseline: BaselineValues | None, voice: Voice) -> str:
    """One sentence on the last sessions. It counts what was seen and concludes nothing."""
    told = [session for session in sessions if session.told]
    if not sessions:
        return "No sessions yet."
    if baseline is None:
        return f"Still learning {voice.usual}: {_learned(len(told))}."
    if not told:
        return f"{_of('session', len(sessions))}, and in none could we tell enough."
    tense, recent = _tense_of_recent(sessions)
    if not recent:
        return f"The estimates are too uncertain to compare with {voice.usual}."
    if tense:
        return f"More tension than {voice.usual} in {tense} of the last {_of('session', recent)}."
    return f"No more tension than {voice.usual} in the last {_of('session', recent)}."


def chart_summary(
    sessions: Sequence[JudgedSession], pattern: str, voice: Voice, *, check_ins: int = 0
) -> str:
    """What the chart shows, for those who do not see it; the table below it has every figure."""
    told = sum(session.told for session in sessions)
    said = f"Above it, {_of('check-in', check_ins)} from 0 to 10. " if check_ins else ""
    return (
        f"Chart of estimated tension by session, with {voice.usual} as a band. "
        f"{_of('session', len(sessions))}, {told} with an estimate. {pattern} {said}A table follows."
    )


def _tense_of_recent(sessions: Sequence[JudgedSession]) -> tuple[int, int]:
    """Of the last sessions with a level that count: how many lay above the usual, and how many there are."""
    recent = [s for s in sessions if s.level is not Level.UNKNOWN and s.counts][-RECENT:]
    return sum(session.tense for session in recent), len(recent)


def _learned(told: int) -> str:
    return f"{min(told, SESSIONS_NEEDED)} of {SESSIONS_NEEDED} sessions"


def _of(noun: str, count: int) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
