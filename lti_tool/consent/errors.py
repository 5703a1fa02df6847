"""Why something that needs a student's word, or an institution's, is refused."""

from lti_tool.core.errors import BadInput, Missing, Refused
from lti_tool.core.words import gettext_noop as _


class ConsentMissing(Refused):
    """The student has not said yes to this, or took it back, or the text has changed since."""

    code = "consent_missing"
    message = _("You have not said yes to this, so nothing was measured and nothing was kept.")
    next_step = _("If you want it, open your choices and say yes there.")


class SensingLocked(Refused):
    """The deployment is not activated for measuring."""

    code = "sensing_locked"
    message = _("Measuring is not switched on here. Nothing was measured and nothing was kept.")
    next_step = _("You can still use the calm corner. Your institution decides whether measuring is offered.")


class ClassViewLocked(Refused):
    """The pattern of a class may be neither made nor shown here."""

    code = "class_view_locked"
    message = _("The weekly pattern of the class is not offered here. Nothing is made, so nothing is shown.")
    next_step = _("You need do nothing. Your institution, and the law of its place, decide about this.")


class ConsentIncomplete(BadInput):
    """A yes without the camera, or without the word that the student is an adult."""

    code = "consent_incomplete"
    message = _(
        "A yes needs the camera choice and the confirmation of your age, and nothing that is not asked here."
    )
    next_step = _("Look at the choices again, or choose Not now.")


class AnswerMissing(Missing):
    """No such answer, or another student's, or one in another course."""

    code = "answer_missing"
    message = _("There is no such answer of yours in this course.")


class TextMissing(Missing):
    """No consent text of this version was ever shown here."""

    code = "text_missing"
    message = _("There is no consent text of this name.")
    next_step = _("Open your answers again, and choose the text there.")
