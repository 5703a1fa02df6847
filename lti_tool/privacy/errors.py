"""What can be wrong when a person uses their rights."""

from lti_tool.core.errors import Missing
from lti_tool.core.words import gettext_noop as _


class ReceiptMissing(Missing):
    """No such receipt, or somebody else's."""

    code = "receipt_missing"
    message = _("We could not find that receipt among yours.")
