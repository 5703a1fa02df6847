"""Who did what in the demonstration's course. The person who enters as "the student" was never asked yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lti_tool.demo.patterns import Story
from lti_tool.domain.consent import Purpose

EVERYTHING: Final = (Purpose.CAMERA, Purpose.COUNSELOR, Purpose.CLASS)
_NOT_NOW: Final = None
_STORIES: Final = (
    *(Story.RAISED_LATELY,) * 3,
    *(Story.RAISED_AND_BACK,) * 11,
    Story.GAPS,
    Story.HARD_TO_SEE,
    *(Story.EVEN,) * 4,
    *(_NOT_NOW,) * 3,
    *(Story.RAISED_EARLY,) * 2,
    Story.RAISED_FOR_NOTHING,
    *(Story.RAISED_AND_BACK,) * 8,
    *(Story.EVEN,) * 14,
    *(Story.GAPS,) * 2,
    Story.HARD_TO_SEE,
)
_ANSWERS: Final = {
    1: "Two deadlines fall into the same week, and my job changed its hours.",
    2: "It has been a lot lately. Thank you for asking.",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One classmate's answer and story. No purposes means "not now".

    `checks_in`: after which share of sessions they say how they are. `answers`: what they write when a case
    begins. `is_in_hand`: a counselor has begun to work on it.
    """

    sub: str
    name: str
    purposes: tuple[Purpose, ...]
    story: Story
    checks_in: float = 0.0
    answers: str = ""
    is_in_hand: bool = False

    @property
    def shared_name(self) -> str:
        """The name, where a counselor may know it."""
        return self.name if Purpose.COUNSELOR in self.purposes else ""


def classmates() -> Iterator[Part]:
    """The class without the newcomer: most share everything, some less, the last ones said "not now"."""
    from tests.platform.people import STUDENTS

    stories = (*_STORIES, *(_NOT_NOW,) * (len(STUDENTS) - 1 - len(_STORIES)))
    for number, (person, story) in enumerate(zip(STUDENTS[1:], stories, strict=True)):
        yield Part(
            sub=person.sub,
            name=person.name,
            purposes=_purposes(number) if story else (),
            story=story or Story.EVEN,
            checks_in=0.3 if number % 3 == 0 else 0.0,
            answers=_ANSWERS.get(number, ""),
            is_in_hand=number == 0,
        )


def _purposes(number: int) -> tuple[Purpose, ...]:
    match number:
        case 14:
            return (Purpose.CAMERA, Purpose.CLASS)
        case 15:
            return (Purpose.CAMERA,)
        case 16:
            return (Purpose.CAMERA, Purpose.COUNSELOR)
        case _:
            return EVERYTHING
