"""Why something cannot be done with a case."""

from lti_tool.core.errors import BadInput, Missing, NotReady

WORDS_LONGEST = 2000


class CaseMissing(Missing):
    """There is no such case, or not for this person. The two are not told apart on purpose."""

    code = "case_missing"
    message = "There is no case here that is open to you."
    next_step = "Go back to the queue: it lists every case that is."


class StepNotNow(NotReady):
    """Somebody was faster, or the step does not follow from where the case stands."""

    code = "step_not_now"
    message = "This step does not fit where the case stands. Somebody may have been faster."
    next_step = "Open the case again: it shows what was done, and what can be done next."


class NotACounselorHere(BadInput):
    """A case is handed over to a counselor of its course, and to nobody else."""

    code = "not_a_counselor_here"
    message = "A case can be handed over to a counselor of the same course only. Nothing was changed."


class NothingWritten(BadInput):
    """An empty note."""

    code = "nothing_written"
    message = "There was nothing to keep: the field was empty."


class TooLong(BadInput):
    """More text than is kept at once."""

    code = "too_long"
    message = f"There is room for {WORDS_LONGEST} characters. Yours was longer, so nothing was kept."
    next_step = "Go back, shorten it, and save it again."
