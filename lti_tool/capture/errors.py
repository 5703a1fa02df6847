"""What can go wrong between the camera and the record. The capture page reads the codes."""

from lti_tool.capture.limits import RETRY_AFTER_S
from lti_tool.core.errors import BadInput, Missing, NotReady, SlowDown, Transient
from lti_tool.core.words import gettext_noop as _


class SessionUnknown(Missing):
    """No such session, or somebody else's: the answer is the same for both."""

    code = "session_unknown"
    message = _("We do not know this camera session.")
    next_step = _("Press Start to begin a new one.")


class SessionEnded(NotReady):
    """The session was stopped, or nothing came for a long time."""

    code = "session_ended"
    message = _("This camera session has ended.")
    next_step = _("Press Start to begin a new one.")


class SessionReplaced(NotReady):
    """The same student started a newer session in the same course."""

    code = "session_replaced"
    message = _("The camera was started in another tab, so it was stopped here.")
    next_step = _("Go on in the other tab, or press Start to move it here.")


class MalformedField(BadInput):
    """`client_id` or `captured_at` is missing or unreadable."""

    code = "malformed_field"


class WrongFrameCount(BadInput):
    """Not the number of frames that the deployment asks for."""

    code = "wrong_frame_count"


class NotJpeg(BadInput):
    """A part is not a complete JPEG picture."""

    code = "not_jpeg"


class WrongFrameSize(BadInput):
    """A picture's width or height is outside the bounds."""

    code = "wrong_frame_size"


class FrameTooLarge(BadInput):
    """One picture has too many bytes."""

    status = 413
    code = "frame_too_large"


class SnippetTooLarge(BadInput):
    """All pictures together have too many bytes."""

    status = 413
    code = "snippet_too_large"


class Backlogged(SlowDown):
    """More snippets are waiting than the workers can measure soon, or the spool is full."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message, retry_after_s=RETRY_AFTER_S)


class SpoolAway(Transient):
    """The spool did not answer."""

    code = "spool_away"


class FramesGone(Exception):
    """The frames are no longer in the spool: measured, expired or destroyed."""
