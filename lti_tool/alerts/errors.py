"""Why something cannot be done with a case."""

from lti_tool.core.errors import BadInput, Missing, NotReady
from lti_tool.core.words import gettext
from lti_tool.core.words import gettext_noop as _

WORDS_LONGEST = 2000


class CaseMissing(Missing):
    """There is no such case, or not for this person. The two are not told apart on purpose."""

    code = "case_missing"
    message = _("There is no case here that is open to you.")
    next_step = _("Go back to the queue: it lists every case that is.")


class StepNotNow(NotReady):
    """Somebody was faster, or the step does not follow from where the case stands."""

    code = "step_not_now"
    message = _("This step does not fit where the case stands. Somebody may have been faster.")
    next_step = _("Open the case again: it shows what was done, and what can be done next.")


class NotACounselorHere(BadInput):
    """A case is handed over to a counselor of its course, and to nobody else."""

    code = "not_a_counselor_here"
    message = _("A case can be handed over to a counselor of the same course only. Nothing was changed.")


class NothingWritten(BadInput):
    """An empty note."""

    code = "nothing_written"
    message = _("There was nothing to keep: the field was empty.")


class TooLong(BadInput):
    """More text than is kept at once."""

    code = "too_long"
    next_step = _("Go back, shorten it, and save it again.")

    def __init__(self) -> None:
        room = gettext("There is room for %(count)d characters. Yours was longer, so nothing was kept.")
        super().__init__(room % {"count": WORDS_LONGEST})
