"""What the student reads about a snippet. Knows no database and no page."""

from collections.abc import Mapping
from typing import Final

from lti_tool.capture.models import Failure

NOT_SEEN: Final = "We could not see you well enough."
STILL_LEARNING: Final = "It was measured and kept. What is usual for you is known after three sessions."

# The reasons of inference.quality, in the words of somebody who wants the next picture to be better.
REASON_WORDS: Final[Mapping[str, str]] = {
    "no_face": "We could not see a face. Is the light behind you?",
    "several_faces": "We saw more than one face. Only you should be in the picture.",
    "face_too_small": "You are a little far away. Come closer to the camera.",
    "turned_away": "You were turned away. That is fine; we only measure when you face the screen.",
    "too_dark": "It was too dark. A lamp in front of you helps.",
    "too_bright": "It was too bright. Turn a little away from the window.",
    "blurred": "The picture was blurred. Hold still for a moment, or wipe the lens.",
    "grainy": "The picture was too grainy to read. More light in front of you helps.",
    "low_contrast": "The picture was too flat to read. A lamp to one side helps.",
    "undecodable": "The pictures could not be read.",
}

FAILURE_WORDS: Final[Mapping[str, str]] = {
    Failure.FRAMES_EXPIRED: "This one waited too long. Its pictures were deleted without being measured.",
    Failure.WORKER_LOST: "This one could not be finished. Its pictures were deleted.",
    Failure.ANALYSIS_ERROR: "This one could not be measured. Its pictures were deleted.",
    Failure.NOT_RECORDED: "This one was measured, but could not be kept. Its pictures were deleted.",
    Failure.SERVICE_AWAY: "A part of the service did not answer. The pictures were deleted.",
}


def main_reason(reasons: Mapping[str, int]) -> str:
    """The reason that most frames share, or an empty text."""
    return max(reasons, key=lambda reason: reasons[reason], default="")


def words_for_reason(reason: str) -> str:
    """One sentence on why there was not enough to see, with what helps."""
    return REASON_WORDS.get(reason, NOT_SEEN)
