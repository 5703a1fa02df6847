"""What may be done with platforms, logins, launches and keys. Knows nothing of requests or pages."""

from lti_tool.lti.services.keys import ensure_tool_key
from lti_tool.lti.services.platforms import (
    activate_deployment,
    approve_deployment,
    grant_counselor,
    register_platform,
)

__all__ = [
    "activate_deployment",
    "approve_deployment",
    "ensure_tool_key",
    "grant_counselor",
    "register_platform",
]
