"""What the student reads about a snippet. Knows no database and no page."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lti_tool.capture.models import Failure

NOT_SEEN: Final = _("We could not see you well enough.")
STILL_LEARNING: Final = _("It was measured and kept. What is usual for you is known after three sessions.")
DISCARDED: Final = _("This one was deleted without being measured.")

# The reasons of inference.quality, in the words of somebody who wants the next picture to be better.
REASON_WORDS: Final[Mapping[str, Promise]] = {
    "no_face": _("We could not see a face. Is the light behind you?"),
    "several_faces": _("We saw more than one face. Only you should be in the picture."),
    "face_too_small": _("You are a little far away. Come closer to the camera."),
    "turned_away": _("You were turned away. That is fine; we only measure when you face the screen."),
    "too_dark": _("It was too dark. A lamp in front of you helps."),
    "too_bright": _("It was too bright. Turn a little away from the window."),
    "blurred": _("The picture was blurred. Hold still for a moment, or wipe the lens."),
    "grainy": _("The picture was too grainy to read. More light in front of you helps."),
    "low_contrast": _("The picture was too flat to read. A lamp to one side helps."),
    "undecodable": _("The pictures could not be read."),
}

FAILURE_WORDS: Final[Mapping[str, Promise]] = {
    Failure.FRAMES_EXPIRED: _("This one waited too long. Its pictures were deleted without being measured."),
    Failure.WORKER_LOST: _("This one could not be finished. Its pictures were deleted."),
    Failure.ANALYSIS_ERROR: _("This one could not be measured. Its pictures were deleted."),
    Failure.NOT_RECORDED: _("This one was measured, but could not be kept. Its pictures were deleted."),
    Failure.SERVICE_AWAY: _("A part of the service did not answer. The pictures were deleted."),
}


def main_reason(reasons: Mapping[str, int]) -> str:
    """The reason that most frames share, or an empty text."""
    return max(reasons, key=lambda reason: reasons[reason], default="")


def words_for_reason(reason: str) -> str:
    """One sentence on why there was not enough to see, with what helps."""
    return str(REASON_WORDS.get(reason, NOT_SEEN))
