"""The demonstration's guided tour: who a newcomer can be, and what is worth a look there."""

from dataclasses import dataclass

from tests.platform import people
from tests.platform.people import Person

LANGUAGES = {"en": "English", "es": "Español", "zh_cn": "简体中文"}
"""Of the person, as a platform tells its tools. The platform itself speaks English."""

ADMIN_NAME = "admin"
ADMIN_PASSWORD = "brightwater-demo"


@dataclass(frozen=True, slots=True)
class Door:
    """One role: what it is about, and what to look at, in order."""

    person: Person
    who: str
    what: str
    look_at: tuple[str, ...]


DOORS = (
    Door(
        people.STUDENTS[0],
        "student",
        "Takes the course and decides what to share. Nothing is measured until you say yes.",
        (
            "Read what Attune does, and say yes or not now: both lead on.",
            "Turn the camera on (or let the sample clip stand in), and watch what is measured.",
            "Open “My record”: all that is held, a check-in, a download, and a button that deletes it.",
            "Try the calm corner. It works whatever you answered.",
        ),
    ),
    Door(
        people.COUNSELOR,
        people.COUNSELOR.sub,
        "Looks after those who share their record, and after those who ask.",
        (
            "Look at the queue: somebody asked to be contacted, and something persists with others.",
            "Open a case (j, k and Enter work), acknowledge it, write a note, close one with a reason.",
            "Read what makes an alert, and how often such an alert would be wrong.",
        ),
    ),
    Door(
        people.INSTRUCTOR,
        people.INSTRUCTOR.sub,
        "Teaches the course and sees the class as a whole, never a person.",
        (
            "Look at twelve weeks of a class of sixty, and at the week that was left out.",
            "Find out why nobody can tell from it who takes part.",
            "Add an activity to the course.",
        ),
    ),
)
ADMINISTRATION = (
    "See whether counseling keeps up, and whether everything runs.",
    "Read what is on record for this deployment, and why it may measure at all.",
    "Look at who did what, in a chain that shows when somebody touched it.",
)
