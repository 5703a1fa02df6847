"""What a page says about sessions, in plain words. Pure: no markup, no database, never a diagnosis."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from lti_tool.dashboards.sessions import JudgedSession
from lti_tool.domain.baseline import SESSIONS_NEEDED, BaselineValues
from lti_tool.domain.stress import Level

if TYPE_CHECKING:
    # Only types know this name: a text still to be translated, into which facts are put with "%".
    from django.utils.functional import _StrPromise as Sentence

RECENT = 5
PERSISTS = 3

REASONS = {
    "undecodable": gettext_lazy("picture damaged"),
    "no_face": gettext_lazy("no face in view"),
    "several_faces": gettext_lazy("more than one face"),
    "face_too_small": gettext_lazy("face too far away"),
    "turned_away": gettext_lazy("face turned away"),
    "too_dark": gettext_lazy("too dark"),
    "too_bright": gettext_lazy("too bright"),
    "low_contrast": gettext_lazy("too little contrast"),
    "blurred": gettext_lazy("blurred"),
    "grainy": gettext_lazy("too grainy"),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """How a page speaks of the person: to the student, or to the counselor about the student.

    Whole sentences, each with its facts: what a language does with "your" and "their" cannot be glued in.
    """

    usual: "Sentence"
    still_learning: "Sentence"
    too_uncertain: "Sentence"
    more_tension: "Sentence"
    no_more_tension: "Sentence"
    chart: "Sentence"


YOURS = Voice(
    # Translators: a level, and beside the band of a chart: as tense as is ordinary for you. Up to 14 letters.
    usual=gettext_lazy("your usual"),
    still_learning=gettext_lazy("Still learning your usual: %(told)d of %(needed)d sessions."),
    too_uncertain=gettext_lazy("The estimates are too uncertain to compare with your usual."),
    more_tension=ngettext_lazy(
        "More tension than your usual in %(tense)d of the last %(recent)d session.",
        "More tension than your usual in %(tense)d of the last %(recent)d sessions.",
        "recent",
    ),
    no_more_tension=ngettext_lazy(
        "No more tension than your usual in the last %(recent)d session.",
        "No more tension than your usual in the last %(recent)d sessions.",
        "recent",
    ),
    chart=gettext_lazy("Chart of estimated tension by session, with your usual as a band."),
)
THEIRS = Voice(
    # Translators: the same, said of a student. Up to 14 letters.
    usual=gettext_lazy("their usual"),
    still_learning=gettext_lazy("Still learning their usual: %(told)d of %(needed)d sessions."),
    too_uncertain=gettext_lazy("The estimates are too uncertain to compare with their usual."),
    more_tension=ngettext_lazy(
        "More tension than their usual in %(tense)d of the last %(recent)d session.",
        "More tension than their usual in %(tense)d of the last %(recent)d sessions.",
        "recent",
    ),
    no_more_tension=ngettext_lazy(
        "No more tension than their usual in the last %(recent)d session.",
        "No more tension than their usual in the last %(recent)d sessions.",
        "recent",
    ),
    chart=gettext_lazy("Chart of estimated tension by session, with their usual as a band."),
)


def level_words(level: Level, voice: Voice) -> str:
    """A level's words; "your usual" is "their usual" on a counselor's page."""
    return str(voice.usual) if level is Level.USUAL else level.words


def reason_words(reason: str) -> str:
    """A frame's reason in words; one that is new to this page is shown as it is, not hidden."""
    return str(REASONS.get(reason, reason.replace("_", " ")))


def left_out_words(reasons: Mapping[str, int]) -> str:
    """Why pictures were left out, and how many; empty where none were."""
    return listed(
        # Translators: why pictures were left out, and how many: "too dark (3)".
        _("%(reason)s (%(count)d)") % {"reason": reason_words(reason), "count": count}
        for reason, count in reasons.items()
    )


def listed(parts: Iterable[str]) -> str:
    """One after the other, as the language writes a list."""
    # Translators: between the parts of a list.
    return _(", ").join(parts)


def persists(sessions: Sequence[JudgedSession]) -> bool:
    """Whether tension lay above the usual in most of the last sessions that could be told."""
    return _tense_of_recent(sessions)[0] >= PERSISTS


def pattern_words(sessions: Sequence[JudgedSession], baseline: BaselineValues | None, voice: Voice) -> str:
    """One sentence on the last sessions. It counts what was seen and concludes nothing."""
    told = sum(session.told for session in sessions)
    if not sessions:
        return _("No sessions yet.")
    if baseline is None:
        learned = {"told": min(told, SESSIONS_NEEDED), "needed": SESSIONS_NEEDED}
        return voice.still_learning % learned
    if not told:
        return _in_none(len(sessions))
    tense, recent = _tense_of_recent(sessions)
    if not recent:
        return str(voice.too_uncertain)
    if tense:
        return voice.more_tension % {"tense": tense, "recent": recent}
    return voice.no_more_tension % {"recent": recent}


def chart_summary(
    sessions: Sequence[JudgedSession], pattern: str, voice: Voice, *, check_ins: int = 0
) -> str:
    """What the chart shows, for those who do not see it; the table below it has every figure."""
    sentences = [str(voice.chart), _with_an_estimate(sessions), pattern]
    if check_ins:
        sentences.append(_above_it(check_ins))
    return " ".join([*sentences, _("A table follows.")])


def _in_none(sessions: int) -> str:
    words = ngettext(
        "%(count)d session, and in none could we tell enough.",
        "%(count)d sessions, and in none could we tell enough.",
        sessions,
    )
    return words % {"count": sessions}


def _with_an_estimate(sessions: Sequence[JudgedSession]) -> str:
    words = ngettext(
        "%(count)d session, %(told)d with an estimate.",
        "%(count)d sessions, %(told)d with an estimate.",
        len(sessions),
    )
    return words % {"count": len(sessions), "told": sum(session.told for session in sessions)}


def _above_it(check_ins: int) -> str:
    words = ngettext(
        "Above it, %(count)d check-in from 0 to 10.",
        "Above it, %(count)d check-ins from 0 to 10.",
        check_ins,
    )
    return words % {"count": check_ins}


def _tense_of_recent(sessions: Sequence[JudgedSession]) -> tuple[int, int]:
    """Of the last sessions with a level that count: how many lay above the usual, and how many there are."""
    recent = [s for s in sessions if s.level is not Level.UNKNOWN and s.counts][-RECENT:]
    return sum(session.tense for session in recent), len(recent)
