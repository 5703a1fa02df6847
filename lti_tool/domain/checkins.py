"""What a student says of themselves, who may see it, and how far the estimate agrees. Knows no files.

A check-in is one number from 0 to 10 and, for who wants to, the PHQ-4. It is no diagnosis and concludes none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from statistics import median
from typing import Final, Protocol, TypeVar

from lti_tool.domain.jurisdictions import Sharing

LOWEST: Final = 0
HIGHEST: Final = 10


class Shared(StrEnum):
    """Before whom a check-in comes, beside its student."""

    NOBODY = "nobody"
    WITH_RECORD = "with_record"
    BY_OWN_ACT = "by_own_act"


def may_be_seen(shared: Shared, *, record_is_shared: bool) -> bool:
    """Whether a counselor in whose care the student is may see it.

    What goes with the record ends with the record's sharing; what the student showed by a tick of its own
    stands alone, whether or not anything is measured.
    """
    return shared is Shared.BY_OWN_ACT or (shared is Shared.WITH_RECORD and record_is_shared)


def goes_with_record(*, record_is_shared: bool, sharing: Sharing) -> bool:
    """Whether a new check-in is seen by whoever may read the record, unless its student keeps it back.

    Where the law wants every showing to begin with the student, each takes a tick of its own.
    """
    return record_is_shared and sharing is Sharing.WITH_CONSENT


class Distress(StrEnum):
    """The bands of the PHQ-4's total (Kroenke et al. 2009). Names of the instrument, not of a person."""

    NORMAL = "normal"
    MILD = "mild"
    MODERATE = "moderate"
    SEVERE = "severe"


_FROM = ((9, Distress.SEVERE), (6, Distress.MODERATE), (3, Distress.MILD), (0, Distress.NORMAL))
PHQ4_LOWEST: Final = 0
PHQ4_HIGHEST: Final = 3
PHQ4_SCREEN: Final = 3
"""From here on a subscale is called positive for screening."""


@dataclass(frozen=True, slots=True)
class Phq4:
    """Four answers from 0 (not at all) to 3 (nearly every day), of the last two weeks.

    Kroenke K, Spitzer RL, Williams JBW, Löwe B. An ultra-brief screening scale for anxiety and depression:
    the PHQ-4. Psychosomatics 2009;50:613-621. Free to use. Raises ValueError for an answer that there is not.
    """

    nervous: int
    worrying: int
    interest: int
    down: int

    def __post_init__(self) -> None:
        """Nothing else can be scored."""
        if not all(PHQ4_LOWEST <= answer <= PHQ4_HIGHEST for answer in astuple(self)):
            raise ValueError("An answer of the PHQ-4 is a number from 0 to 3.")

    @property
    def anxiety(self) -> int:
        """The first subscale (GAD-2), 0 to 6."""
        return self.nervous + self.worrying

    @property
    def depression(self) -> int:
        """The second subscale (PHQ-2), 0 to 6."""
        return self.interest + self.down

    @property
    def total(self) -> int:
        """0 to 12."""
        return self.anxiety + self.depression

    @property
    def band(self) -> Distress:
        """Normal 0-2, mild 3-5, moderate 6-8, severe 9-12."""
        return next(band for least, band in _FROM if self.total >= least)

    @property
    def deserves_a_word(self) -> bool:
        """Whether the page says where help is: the total is moderate, or a subscale positive for screening.

        Nothing else follows from it by itself.
        """
        return self.total >= 6 or max(self.anxiety, self.depression) >= PHQ4_SCREEN


@dataclass(frozen=True, slots=True)
class SelfReport:
    """One check-in as it was given. Raises ValueError for a number that is not on the scale."""

    stress: int
    phq4: Phq4 | None = None

    def __post_init__(self) -> None:
        """Nothing else can be drawn."""
        if not LOWEST <= self.stress <= HIGHEST:
            raise ValueError("A check-in is a number from 0 to 10.")


class Reported(Protocol):
    """A check-in at a moment."""

    @property
    def at(self) -> datetime: ...
    @property
    def stress(self) -> int: ...


class Estimated(Protocol):
    """A session with its estimate; `score` is None where it could not be told."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def ended_at(self) -> datetime: ...
    @property
    def score(self) -> float | None: ...


R = TypeVar("R", bound=Reported)
E = TypeVar("E", bound=Estimated)

CLOSE: Final = timedelta(hours=2)
"""How far from a session a check-in still speaks of it: the same lecture or evening, not the same day."""


def apart(report: Reported, session: Estimated) -> timedelta:
    """From a check-in to the nearer end of a session; nothing while the session lasts."""
    return max(timedelta(0), session.started_at - report.at, report.at - session.ended_at)


def outranking(session: Estimated, reports: Iterable[R]) -> R | None:
    """The check-in whose answer is shown before this session's estimate: the closest; the later of two."""
    close = [report for report in reports if apart(report, session) <= CLOSE]
    return min(close, key=lambda report: (apart(report, session), -report.at.timestamp()), default=None)


class Trust(StrEnum):
    """How much weight the estimate deserves for one person, by that person's own answers."""

    TOO_FEW = "too_few"
    SELDOM = "seldom"
    SOMETIMES = "sometimes"
    MOSTLY = "mostly"


PAIRS_NEEDED: Final = 8
"""With fewer, one answer more or less would change the word. Of eight, seven must agree to be MOSTLY."""
COIN: Final = 0.5


@dataclass(frozen=True, slots=True)
class Agreement:
    """In how many check-ins the answer and the estimate pointed the same way, each from its own middle.

    `low` to `high`: the 95 % interval of the share (Wilson), None without a pair.
    """

    same: int
    pairs: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share most likely lies."""
        return wilson(self.same, self.pairs) if self.pairs else None

    @property
    def trust(self) -> Trust:
        """Weight must be earned: MOSTLY only where chance is a poor explanation.

        What agrees no oftener than a coin is SELDOM at once.
        """
        if self.pairs < PAIRS_NEEDED:
            return Trust.TOO_FEW
        if wilson(self.same, self.pairs)[0] > COIN:
            return Trust.MOSTLY
        return Trust.SOMETIMES if self.same / self.pairs > COIN else Trust.SELDOM


def agreement(reports: Sequence[Reported], sessions: Sequence[Estimated]) -> Agreement:
    """How often a person's own answers and the estimate pointed the same way.

    Each session is held against its closest check-in, at most once; each side against its own middle, for
    the two scales have nothing in common. What lies on its middle points nowhere and is not counted.
    """
    told = [session for session in sessions if session.score is not None]
    if not told or not reports:
        return Agreement(0, 0)
    usual_answer = median(report.stress for report in reports)
    usual_score = median(score for session in told if (score := session.score) is not None)
    ways = [
        (report.stress - usual_answer, (session.score or 0.0) - usual_score)
        for report, session in pairs(reports, told)
    ]
    pointing = [answer * score for answer, score in ways if answer and score]
    return Agreement(sum(product > 0 for product in pointing), len(pointing))


def pairs(reports: Sequence[R], sessions: Sequence[E]) -> list[tuple[R, E]]:
    """Check-ins with the session they lie close to, the closest pairs first; each has one partner."""
    near = (
        (distance, r, s)
        for r, report in enumerate(reports)
        for s, session in enumerate(sessions)
        if (distance := apart(report, session)) <= CLOSE
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, r, s in sorted(near):
        if r not in partner and s not in taken:
            partner[r] = s
            taken.add(s)
    return [(reports[r], sessions[s]) for r, s in partner.items()]


def wilson(hits: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The Wilson interval of a share: honest for few, never outside 0 to 1 (Wilson 1927, JASA 22:209-212)."""
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
