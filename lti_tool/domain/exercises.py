"""What the calm corner offers, as steps in seconds. Knows no words, no clock and no page.

Where the exercises come from: docs/calm-corner.md.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Exercise(StrEnum):
    """What one can do. The values are kept in diaries: never reuse one."""

    SLOW = "slow"
    SIGHING = "sighing"
    BOX = "box"
    EVEN = "even"
    GROUNDING = "grounding"
    MUSCLES = "muscles"
    MICRO_BREAK = "micro_break"


class Cue(StrEnum):
    """What one is asked to do in a step. The room above has the words."""

    SETTLE = "settle"
    IN = "in"
    IN_MORE = "in_more"
    HOLD = "hold"
    OUT = "out"
    REST = "rest"
    SEE = "see"
    FEEL = "feel"
    HEAR = "hear"
    SMELL = "smell"
    TASTE = "taste"
    HANDS = "hands"
    ARMS = "arms"
    SHOULDERS = "shoulders"
    FOREHEAD = "forehead"
    EYES = "eyes"
    JAW = "jaw"
    BACK = "back"
    BELLY = "belly"
    THIGHS = "thighs"
    CALVES = "calves"
    FEET = "feet"
    TENSE = "tense"
    LET_GO = "let_go"
    LOOK_AWAY = "look_away"
    STRETCH = "stretch"
    DRINK = "drink"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `fullness`: how large the shape is at its end, 0 to 1.

    `part`: steps of one part are skipped together. `count`: so many are looked for, and nothing hurries.
    """

    cue: Cue
    seconds: int
    fullness: float = 0.5
    part: int = 0
    count: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """One exercise. `rounds`: its steps come again until the time is over; otherwise they come once.

    `lengths`: seconds to choose from. `by_hand`: the person goes on, not the clock.
    """

    exercise: Exercise
    steps: tuple[Step, ...]
    lengths: tuple[int, ...]
    breath: bool = False
    rounds: bool = False
    by_hand: bool = False

    @property
    def seconds(self) -> int:
        """How long the steps take once."""
        return sum(step.seconds for step in self.steps)


SETTLE: Final = Step(Cue.SETTLE, 4, 0.0)
"""Before any exercise that the clock leads: time to sit down."""

_BREATHS: Final = (60, 180, 300)
_FINDING_S: Final = 10
_MUSCLES: Final = (
    Cue.HANDS,
    Cue.ARMS,
    Cue.SHOULDERS,
    Cue.FOREHEAD,
    Cue.EYES,
    Cue.JAW,
    Cue.BACK,
    Cue.BELLY,
    Cue.THIGHS,
    Cue.CALVES,
    Cue.FEET,
)
_SENSES: Final = ((Cue.SEE, 5), (Cue.FEEL, 4), (Cue.HEAR, 3), (Cue.SMELL, 2), (Cue.TASTE, 1))


def _breath(exercise: Exercise, *steps: Step) -> Plan:
    return Plan(exercise, steps, _BREATHS, breath=True, rounds=True)


def _muscles() -> tuple[Step, ...]:
    """Hear where, tense it for as long as a breath or two, then let go for much longer."""
    return tuple(
        step
        for part, muscle in enumerate(_MUSCLES)
        for step in (
            Step(muscle, 10, 0.2, part),
            Step(Cue.TENSE, 6, 1.0, part),
            Step(Cue.LET_GO, 30, 0.2, part),
        )
    )


PLANS: Final[dict[Exercise, Plan]] = {
    plan.exercise: plan
    for plan in (
        _breath(Exercise.SLOW, Step(Cue.IN, 4, 1.0), Step(Cue.OUT, 6, 0.0)),
        _breath(Exercise.SIGHING, Step(Cue.IN, 3, 0.75), Step(Cue.IN_MORE, 2, 1.0), Step(Cue.OUT, 7, 0.0)),
        _breath(
            Exercise.BOX,
            Step(Cue.IN, 4, 1.0),
            Step(Cue.HOLD, 4, 1.0),
            Step(Cue.OUT, 4, 0.0),
            Step(Cue.REST, 4, 0.0),
        ),
        _breath(Exercise.EVEN, Step(Cue.IN, 4, 1.0), Step(Cue.OUT, 4, 0.0)),
        Plan(
            Exercise.GROUNDING,
            tuple(
                Step(cue, count * _FINDING_S, 0.6, part, count) for part, (cue, count) in enumerate(_SENSES)
            ),
            (150,),
            by_hand=True,
        ),
        Plan(Exercise.MUSCLES, _muscles(), (506,)),
        Plan(
            Exercise.MICRO_BREAK,
            tuple(
                Step(cue, 20, 0.6, part) for part, cue in enumerate((Cue.LOOK_AWAY, Cue.STRETCH, Cue.DRINK))
            ),
            (20, 60),
        ),
    )
}


class Helped(StrEnum):
    """What somebody says of an exercise afterwards. Saying nothing is no answer, and is not kept."""

    YES = "yes"
    A_LITTLE = "a_little"
    NOT_REALLY = "not_really"
