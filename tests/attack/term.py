"""A term of an invented class: who takes part, comes, goes, is tense. One person in it is the target."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from random import Random

from lti_tool.domain.aggregation import CONTRIBUTORS_NEEDED
from lti_tool.domain.stress import Level

WEEKS = 12
MIDDLE = 6
COLLUDERS = CONTRIBUTORS_NEEDED - 1
CAME = 0.85
MOVES = 0.05
KNOWN_TENSE = 11


class Question(StrEnum):
    """What the attacker wants to know of the target. Each is a coin: heads in one half of the worlds."""

    TOOK_PART = "took part at all"
    STAYED = "did not withdraw in the middle"
    TENSE_ALL_TERM = "was tense all term"
    TENSE_ONE_WEEK = "was tense in one known week"


class Habit(StrEnum):
    """How people divide among activities. Activity 0 is the target's, and the attacker knows it."""

    SPREAD = "each of three activities draws some"
    FEW = "the target and those who collude do one that few others do"
    APART = "all but the target and a few do the same one"


class Turnout(StrEnum):
    """How many of the others take part."""

    ANY = "10 to 90 % of 25 to 60"
    LOW = "5 % of 25 to 60"
    NOBODY = "nobody but those who collude"
    SWEPT = "30 % of 25 to 60, and those who collude come one by one, to find the edge"
    MANY = "10 to 90 % of 80 to 160"
    KNOWN = "20 others, each of whose weeks the attacker knows"


SHARE = {
    Turnout.ANY: (0.1, 0.9),
    Turnout.LOW: (0.05, 0.05),
    Turnout.NOBODY: (0.0, 0.0),
    Turnout.SWEPT: (0.3, 0.3),
    Turnout.MANY: (0.1, 0.9),
    Turnout.KNOWN: (0.0, 0.0),
}
ACTIVITIES = 3


@dataclass(frozen=True, slots=True)
class Person:
    """`joins`: the first week that is counted; `leaves`: the first one after it that is not."""

    course: int
    inclination: float
    joins: int = 0
    leaves: int = WEEKS
    both: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """One person's week in one course, the week from which it is erased, and the activity it counts for."""

    level: Level
    gone_from: int
    activity: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What is counted, by course and week. Course 0 is the target's, 1 its other section, 2 another one."""

    weeks: tuple[tuple[tuple[Contribution, ...], ...], ...]


def live_through(
    question: Question, heads: bool, turnout: Turnout, random: Random, habit: Habit = Habit.SPREAD
) -> Term:
    """One world. The attacker knows how it is drawn, and what those who collude put in, but not the draw."""
    people, weeks = list(_others(turnout, random)), _no_weeks()
    for person in people:
        _contribute(person, weeks, random)
    division = Random(random.random())  # noqa: S311 -- of its own: the same people, however they divide
    weeks = _divided(weeks, habit, division)
    for week in range(WEEKS):
        for course in (0, 2):
            weeks[course][week] += [_colludes(Level.USUAL, habit)] * _colluding(turnout, week)
            if turnout is Turnout.KNOWN:
                weeks[course][week] += [_colludes(Level.RAISED, habit)] * KNOWN_TENSE
            weeks[course][week] += _of_target(question, heads, week)
    return Term(tuple(tuple(map(tuple, course)) for course in weeks))


def _no_weeks() -> list[list[list[Contribution]]]:
    return [[[] for _ in range(WEEKS)] for _ in range(3)]


def _divided(
    weeks: list[list[list[Contribution]]], habit: Habit, random: Random
) -> list[list[list[Contribution]]]:
    """The same contributions, each with its activity. How many do the rare one differs from term to term."""
    some = random.uniform(0.1, 0.6) if habit is Habit.FEW else 0.03
    return [
        [[replace(c, activity=_activity(habit, some, random)) for c in week] for week in course]
        for course in weeks
    ]


def _activity(habit: Habit, some: float, random: Random) -> int | None:
    if habit is Habit.SPREAD:
        drawn = random.randrange(ACTIVITIES + 1)
        return drawn if drawn < ACTIVITIES else None
    return int(random.random() >= some)


def _colludes(level: Level, habit: Habit) -> Contribution:
    """They do what shows the target best: the same, or all else."""
    return Contribution(level, WEEKS, activity=1 if habit is Habit.APART else 0)


def _colluding(turnout: Turnout, week: int) -> int:
    """All of them; or from few to all, once before the middle and once after it."""
    return COLLUDERS - MIDDLE + 1 + week % MIDDLE if turnout is Turnout.SWEPT else COLLUDERS


def _others(turnout: Turnout, random: Random) -> Iterator[Person]:
    """Two sections, half of whose people also share the other course; some join, leave or change section."""
    share = random.uniform(*SHARE[turnout])
    size = (80, 160) if turnout is Turnout.MANY else (25, 60)
    for number in range(random.randint(*size) + random.randint(*size)):
        if random.random() >= share:
            continue
        begins = random.randrange(WEEKS) if random.random() < MOVES else 0
        ends = random.randrange(WEEKS) if random.random() < MOVES else WEEKS
        yield Person(number % 2, random.betavariate(1.5, 4), begins, ends, both=random.random() < 0.5)


def _contribute(person: Person, weeks: list[list[list[Contribution]]], random: Random) -> None:
    moves = random.randrange(WEEKS) if random.random() < MOVES else WEEKS
    for week in range(person.joins, person.leaves):
        if random.random() < CAME:
            contribution = Contribution(_level(person, random), person.leaves)
            section = person.course if week < moves else 1 - person.course
            weeks[section][week].append(contribution)
            if person.both:
                weeks[2][week].append(contribution)


def _level(person: Person, random: Random) -> Level:
    if random.random() < person.inclination:
        return Level.HIGH if random.random() < 0.3 else Level.RAISED
    return Level.LOWER if random.random() < 0.1 else Level.USUAL


def _of_target(question: Question, heads: bool, week: int) -> list[Contribution]:
    absent = {Question.TOOK_PART: not heads, Question.STAYED: not heads and week >= MIDDLE}
    if absent.get(question, False):
        return []
    tense = {
        Question.TENSE_ALL_TERM: heads,
        Question.TENSE_ONE_WEEK: heads and week == MIDDLE,
    }.get(question, week % 3 == 0)
    gone = MIDDLE if question is Question.STAYED and not heads else WEEKS
    return [Contribution(Level.RAISED if tense else Level.USUAL, gone, activity=0)]
