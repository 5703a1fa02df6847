"""Why an activation is not drafted, signed off or revoked."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from lti_tool.core.errors import NotReady


class ActivationIncomplete(NotReady):
    """Something is missing on record. `lacks` names it."""

    code = "activation_incomplete"
    message = _("This draft cannot be signed off yet: something is missing.")
    next_step = _("Open the review of the draft: it says what, and in which step.")

    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__()
        self.lacks = tuple(lacks)


class NoDraft(NotReady):
    """It was signed off, or discarded, in the meantime."""

    code = "activation_no_draft"
    message = _("This is no draft any more, so nothing in it was changed.")
    next_step = _(
        "Open the list of activations and look at what is in force. Begin a new draft to change it."
    )


class NotInForce(NotReady):
    """It was superseded or revoked before."""

    code = "activation_not_in_force"
    message = _("This activation is not in force, so there is nothing to revoke.")
    next_step = _("Open the list of activations and look at what is in force.")
