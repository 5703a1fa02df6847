"""Which receipts a person may see: their own."""

from uuid import UUID

from lti_tool.lti.models import PlatformUser
from lti_tool.privacy.errors import ReceiptMissing
from lti_tool.privacy.models import ErasureReceipt


def receipt_of(student: PlatformUser, public_id: UUID) -> ErasureReceipt:
    """One of the student's own receipts. Raises ReceiptMissing."""
    receipt = ErasureReceipt.objects.filter(student=student, public_id=public_id).first()
    if receipt is None:
        raise ReceiptMissing
    return receipt
