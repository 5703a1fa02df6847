"""The words of each choice, by the version of the text they belong to. An old version is kept as it was."""

from dataclasses import dataclass
from typing import Final

from lti_tool.domain.consent import Purpose


@dataclass(frozen=True, slots=True)
class Choice:
    """What stands beside a tick. `alone`: the hint where sharing is not asked for on the same page."""

    label: str
    hint: str
    alone: str = ""


WORDS: Final[dict[str, dict[Purpose, Choice]]] = {
    "v1": {
        Purpose.CAMERA: Choice(
            "Measure with my camera, into my own file",
            "Only you see your file. The other choices need this one.",
            "Only you see your file. You can show it to a counselor later, on the page of your record.",
        ),
        Purpose.COUNSELOR: Choice(
            "This course’s counselors may read my file",
            "They can see when tension lasts, and offer help. You can stop this at any time.",
        ),
        Purpose.CLASS: Choice(
            "Count me, without my name, in the weekly class pattern",
            "Teachers see it for the whole class, once a week, when ten students or more are counted.",
        ),
    },
    "v1e": {
        Purpose.CAMERA: Choice(
            "Measure with my camera, into my own file",
            "Only you see your file, unless a life is in danger (see below). "
            "The other choices need this one.",
            "Only you see your file, unless a life is in danger (see below). You can show it to a counselor "
            "later, on the page of your record.",
        ),
        Purpose.COUNSELOR: Choice(
            "This course’s counselors may read my file",
            "They can see when tension lasts, and offer help. You can stop this at any time.",
        ),
        Purpose.CLASS: Choice(
            "Count me, without my name, in the weekly class pattern",
            "Teachers see it for the whole class, once a week, when ten students or more are counted.",
        ),
    },
}
