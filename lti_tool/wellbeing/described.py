"""An exercise as its card shows it and as the player takes it: the plan of `domain.exercises`, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lti_tool.domain.exercises import PLANS, SETTLE, Cue, Exercise, Plan, Step
from lti_tool.wellbeing import words

VARIANTS: Final = {Exercise.BOX: Exercise.EVEN}
"""Shown on one card: the second leaves the holds out."""
SHOWN: Final = (
    Exercise.SLOW,
    Exercise.GROUNDING,
    Exercise.MICRO_BREAK,
    Exercise.SIGHING,
    Exercise.BOX,
    Exercise.MUSCLES,
)
"""In this order two that need no breath work are seen at once, on the smallest screen too."""


@dataclass(frozen=True, slots=True)
class Card:
    """One exercise to choose."""

    plan: Plan

    @property
    def key(self) -> str:
        """What forms and scripts call it."""
        return self.plan.exercise.value

    @property
    def title(self) -> words.Words:
        """Its name."""
        return words.TITLES[self.plan.exercise]

    @property
    def about(self) -> words.Words:
        """What one does, in a sentence."""
        return words.ABOUT[self.plan.exercise]

    @property
    def caution(self) -> words.Words:
        """Who should leave something out; often empty."""
        return words.CAUTIONS.get(self.plan.exercise, "")

    @property
    def variant(self) -> Exercise | None:
        """The same without holds."""
        return VARIANTS.get(self.plan.exercise)

    @property
    def lengths(self) -> list[tuple[int, int, int]]:
        """What can be chosen: seconds in all, then as minutes and seconds, rounded where it is long."""
        return [(s, round(s / 60), 0) if s > 120 else (s, *divmod(s, 60)) for s in self.plan.lengths]

    def instructions(self) -> Iterator[tuple[words.Words, words.Words, int]]:
        """Each step as somebody reads it who plays nothing: caption, hint, seconds (0: take your time)."""
        seen: set[Cue] = set()
        for step in self.plan.steps:
            if step.cue in seen:
                continue  # tensing and letting go are told once
            seen.add(step.cue)
            yield words.CAPTIONS[step.cue], words.HINTS.get(step.cue, ""), 0 if step.count else step.seconds


def cards() -> list[Card]:
    """All, in the order in which they are shown."""
    return [Card(PLANS[exercise]) for exercise in SHOWN]


def described() -> dict[str, Any]:
    """What the player needs: every plan with its words, and its own."""
    return {
        "plans": {exercise.value: _plan(plan) for exercise, plan in PLANS.items()},
        "settle": _step(SETTLE),
        "words": {name: str(text) for name, text in words.PLAYER.items()},
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "title": str(words.TITLES[plan.exercise]),
        "rounds": plan.rounds,
        "byHand": plan.by_hand,
        "steps": [_step(step) for step in plan.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "caption": str(words.CAPTIONS[step.cue]),
        "hint": str(words.HINTS.get(step.cue, "")),
        "seconds": step.seconds,
        "fullness": step.fullness,
        "part": step.part,
        "count": step.count,
    }
