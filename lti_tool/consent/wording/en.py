"""The choices in English."""

from typing import Final

from lti_tool.consent.wording.choice import Choice, Words
from lti_tool.domain.consent import Purpose

WORDS: Final[Words] = {
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
