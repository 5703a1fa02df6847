"""One attack: many worlds to learn from, as many others to be judged in."""

from collections.abc import Iterator
from random import Random

from tests.attack.attacker import Guess, World, advantage, learn
from tests.attack.publishing import Publishing
from tests.attack.term import Habit, Question, Turnout, live_through


def attack(
    question: Question,
    turnout: Turnout,
    publishing: Publishing,
    *,
    worlds: int,
    habit: Habit = Habit.SPREAD,
) -> tuple[float, Guess]:
    """The attacker's advantage in worlds it has not seen, and by what it guessed.

    Each world is lived through twice, once with the coin on each side.
    """
    setting = (question, turnout, habit)
    guess = learn(list(_worlds("learn", setting, publishing, worlds)))
    return advantage(guess, list(_worlds("guess", setting, publishing, worlds))), guess


def _worlds(
    part: str, setting: tuple[Question, Turnout, Habit], publishing: Publishing, worlds: int
) -> Iterator[World]:
    question, turnout, habit = setting
    for number in range(worlds):
        for heads in (True, False):
            random = Random(f"{part}|{question}|{turnout}|{number}|{heads}")  # noqa: S311 -- a simulation
            term = live_through(question, heads, turnout, random, habit)
            yield World(publishing(term, random), heads)
