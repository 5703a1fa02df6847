"""What may be done with platforms, logins, launches and keys. Knows nothing of requests or pages."""

from lti_tool.lti.services.description import describe_tool
from lti_tool.lti.services.keys import ensure_tool_key
from lti_tool.lti.services.launches import admit, believe, record_launch
from lti_tool.lti.services.logins import find_platform, finish_attempt, start_login
from lti_tool.lti.services.names import forget_name, share_name
from lti_tool.lti.services.platforms import (
    activate_deployment,
    approve_deployment,
    grant_counselor,
    record_activation,
    record_grant,
    record_registration,
    register_platform,
    revoke_grant,
    set_deployment_state,
)
from lti_tool.lti.services.registering import prepare_registration, register_by_link
from lti_tool.lti.services.registration_links import (
    find_registration_link,
    make_registration_link,
    withdraw_registration_link,
)
from lti_tool.lti.services.tabs import issue_tab_pass, redeem_tab_pass

__all__ = [
    "activate_deployment",
    "admit",
    "approve_deployment",
    "believe",
    "describe_tool",
    "ensure_tool_key",
    "find_platform",
    "find_registration_link",
    "finish_attempt",
    "forget_name",
    "grant_counselor",
    "issue_tab_pass",
    "make_registration_link",
    "prepare_registration",
    "record_activation",
    "record_grant",
    "record_launch",
    "record_registration",
    "redeem_tab_pass",
    "register_by_link",
    "register_platform",
    "revoke_grant",
    "set_deployment_state",
    "share_name",
    "start_login",
    "withdraw_registration_link",
]
