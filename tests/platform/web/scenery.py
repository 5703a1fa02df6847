"""The rest of the demonstration course: activities that only make the page look like a course."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    READING = "reading"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    FORUM = "forum"


@dataclass(frozen=True, slots=True)
class Activity:
    kind: Kind
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Week:
    title: str
    activities: tuple[Activity, ...]


TERM = "Autumn term, week 12 of 12"
INTRODUCTION = (
    "How much can a few numbers tell about many? This course goes from describing data to drawing careful "
    "conclusions from it. This week is about samples: why they differ, and by how much."
)
WEEKS = (
    Week(
        "Week 12: Sampling, again",
        (
            Activity(Kind.READING, "Why samples differ", "About 20 minutes"),
            Activity(Kind.ASSIGNMENT, "Problem set 5", "Due on Friday"),
            Activity(Kind.FORUM, "Questions about sampling", "7 new posts"),
        ),
    ),
    Week(
        "Before the exam: confidence intervals",
        (
            Activity(Kind.READING, "What an interval says, and what it does not", "About 25 minutes"),
            Activity(Kind.QUIZ, "Quiz 3: standard error", "Opens on Monday"),
        ),
    ),
)
