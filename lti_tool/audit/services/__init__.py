"""Write to the audit chain, read whether it is whole, and leave its head outside.

Call `record` last in a transaction: from there to its end, other writers wait.
"""

from lti_tool.audit.models import Action
from lti_tool.audit.selectors import verify
from lti_tool.audit.services.anchoring import AnchoringFailed, anchor_head
from lti_tool.audit.services.recording import SYSTEM, record, record_each

__all__ = ["SYSTEM", "Action", "AnchoringFailed", "anchor_head", "record", "record_each", "verify"]
