"""Why a file is not opened, or a week not published."""

from lti_tool.core.errors import BadInput, Missing, NotReady, Refused


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


class PurposeMissing(BadInput):
    """Nobody reads a file without saying why."""

    code = "purpose_missing"
    message = "A file is opened only for a stated purpose."


class WeekNotOver(NotReady):
    """A class week is written once, after its end."""

    code = "week_not_over"
    message = "This week is not over yet. Its picture is made when it is."
