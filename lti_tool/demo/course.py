"""Who did what in the demonstration's course. The person who enters as "the student" was never asked yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lti_tool.demo.patterns import Story
from lti_tool.domain.consent import Purpose

EVERYTHING: Final = (Purpose.CAMERA, Purpose.COUNSELOR, Purpose.CLASS)
_STORIES: Final = (
    *(Story.RAISED_LATELY,) * 3,
    *(Story.RAISED_AND_BACK,) * 11,
    Story.GAPS,
    Story.HARD_TO_SEE,
    *(Story.EVEN,) * 4,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One classmate's answer and story. No purposes means "not now"."""

    sub: str
    name: str
    purposes: tuple[Purpose, ...]
    story: Story

    @property
    def shared_name(self) -> str:
        """The name, where a counselor may know it."""
        return self.name if Purpose.COUNSELOR in self.purposes else ""


def classmates() -> Iterator[Part]:
    """The class without the newcomer: most share everything, some less, the last ones said "not now"."""
    from tests.platform.people import STUDENTS

    for number, person in enumerate(STUDENTS[1:]):
        story = _STORIES[number] if number < len(_STORIES) else Story.EVEN
        yield Part(person.sub, person.name, _purposes(number), story)


def _purposes(number: int) -> tuple[Purpose, ...]:
    match number:
        case 14:
            return (Purpose.CAMERA, Purpose.CLASS)
        case 15:
            return (Purpose.CAMERA,)
        case 16:
            return (Purpose.CAMERA, Purpose.COUNSELOR)
        case _:
            return EVERYTHING if number < len(_STORIES) else ()
