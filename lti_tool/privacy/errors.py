"""What can be wrong when a person uses their rights."""

from lti_tool.core.errors import Missing


class ReceiptMissing(Missing):
    """No such receipt, or somebody else's."""

    code = "receipt_missing"
    message = "We could not find that receipt among yours."
