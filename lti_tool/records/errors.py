"""Why a file is not opened, or a week not published."""

from lti_tool.core.errors import BadInput, Missing, NotReady, Refused
from lti_tool.domain.remarks import LONGEST


class FileMissing(Missing):
    """There is no such file, or not for this person. The two are not told apart on purpose."""

    code = "file_missing"
    message = "There is no file here that is open to you."


class FileRefused(Refused):
    """The reader is neither the student nor a counselor with whom the student shared the file."""

    code = "file_refused"
    message = "This file is not open to you."
    next_step = "Only the student, and counselors with whom the student shared it, can read it."


class FileClosed(NotReady):
    """The file's key was destroyed: nothing can be added."""

    code = "file_closed"
    message = "This file was erased. Nothing can be added to it."


class SessionMissing(Missing):
    """Nothing is held of this session, or it is somebody else's."""

    code = "session_missing"
    message = "Nothing is held of that session any more."
    next_step = "Open your record: it lists every session that is still there."


class RemarkTooLong(BadInput):
    """More text than is kept of one session."""

    code = "remark_too_long"
    message = f"A note has room for {LONGEST} characters. Yours was longer, so nothing was changed."
    next_step = "Go back, shorten it, and save it again."


class PurposeMissing(BadInput):
    """Nobody reads a file without saying why."""

    code = "purpose_missing"
    message = "A file is opened only for a stated purpose."


class WeekNotOver(NotReady):
    """A class week is written once, after its end."""

    code = "week_not_over"
    message = "This week is not over yet. Its picture is made when it is."
