"""How long each kind of data lives. Durations only; who sweeps is not known here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    """What is kept for a time."""

    FRAMES_IN_SPOOL = "frames_in_spool"
    LOGIN_ATTEMPT = "login_attempt"
    TAB_PASS = "tab_pass"  # noqa: S105 - a kind of thing, not one of them
    DEEP_LINKING_REQUEST = "deep_linking_request"
    BROWSER_SESSION = "browser_session"
    LAUNCH = "launch"
    CAPTURE_SESSION = "capture_session"
    STRESS_RECORD = "stress_record"
    CASE = "case"
    EMPTY_FILE = "empty_file"
    CLOSED_FILE = "closed_file"
    CALM_ANSWER = "calm_answer"
    CALM_DIARY = "calm_diary"
    CONSENT_ANSWER = "consent_answer"
    RECEIPT = "receipt"
    COUNSELOR_INVITATION = "counselor_invitation"
    COUNSELOR_GRANT = "counselor_grant"
    REGISTRATION_LINK = "registration_link"
    ADMINISTRATION_LOG = "administration_log"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rule:
    """How long, from when, and why so long."""

    lifetime: timedelta
    counted_from: str
    why: str


AT_ONCE = timedelta(0)
TERM = timedelta(days=180)
PROOF = timedelta(days=3 * 365)
"""As long as somebody could ask whether it was lawful: the usual limitation of a claim."""

RULES: dict[Kind, Rule] = {
    Kind.FRAMES_IN_SPOOL: Rule(
        timedelta(minutes=5),
        "their arrival",
        "they go as soon as they are measured; this is the most while every worker is dead",
    ),
    Kind.LOGIN_ATTEMPT: Rule(AT_ONCE, "its ten minutes", "a launch answers it at once or never"),
    Kind.TAB_PASS: Rule(AT_ONCE, "its minute", "it works once"),
    Kind.DEEP_LINKING_REQUEST: Rule(AT_ONCE, "its hour", "it carries a session key of the platform"),
    Kind.BROWSER_SESSION: Rule(AT_ONCE, "its end", "it opens nothing any more"),
    Kind.LAUNCH: Rule(timedelta(days=1), "its end", "a page that is still open is told that it ran out"),
    Kind.CAPTURE_SESSION: Rule(
        timedelta(days=30), "its end", "somebody may ask why there was no result for a time"
    ),
    Kind.STRESS_RECORD: Rule(TERM, "the moment it tells of", "one term: a pattern is seen over weeks"),
    Kind.CASE: Rule(TERM, "its closing", "somebody who comes back is not a stranger for a term"),
    Kind.EMPTY_FILE: Rule(TERM, "its opening, once nothing is in it", "its key protects nothing any more"),
    Kind.CLOSED_FILE: Rule(PROOF, "its closing", "the audit speaks of it by its id"),
    Kind.CALM_ANSWER: Rule(TERM, "the answer", "what helped is found again within a term"),
    Kind.CALM_DIARY: Rule(TERM, "the last writing in it", "who has not come back for a term starts anew"),
    Kind.CONSENT_ANSWER: Rule(
        PROOF, "the answer, or its withdrawal", "proof of what was agreed to, kept while a file rests on it"
    ),
    Kind.RECEIPT: Rule(PROOF, "the withdrawal", "the person's proof that it was done"),
    Kind.COUNSELOR_INVITATION: Rule(TERM, "its end", "who asks for a code again is told what became of it"),
    Kind.COUNSELOR_GRANT: Rule(PROOF, "its end", "proof of who was allowed to read"),
    Kind.REGISTRATION_LINK: Rule(timedelta(days=365), "its end", "who let which platform in"),
    Kind.ADMINISTRATION_LOG: Rule(PROOF, "the act", "who changed what, by account name"),
    Kind.PERSON: Rule(
        AT_ONCE,
        "the moment in which nothing else is held of them",
        "the tie between the platform's name and the pseudonym: without it the audit names nobody",
    ),
}
CHOSEN = (Kind.STRESS_RECORD, Kind.CAPTURE_SESSION)
"""What an institution chooses the time of when it activates a deployment. LIFETIMES are the most."""

# Not here, because nothing ends it by the clock: the audit itself. It is the proof of what was done.
LIFETIMES: dict[Kind, timedelta] = {kind: rule.lifetime for kind, rule in RULES.items()}


def longest_days(kind: Kind) -> int:
    """The most days that may be chosen."""
    return LIFETIMES[kind].days


def over_since(kind: Kind, *, at: datetime, days: int | None = None) -> datetime:
    """Data of this kind from this moment, or from before it, must go.

    `days` is an institution's choice: it shortens a lifetime and never lengthens it.
    """
    longest = LIFETIMES[kind]
    return at - (longest if days is None else min(timedelta(days=days), longest))
