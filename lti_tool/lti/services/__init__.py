"""What may be done with platforms, logins, launches and keys. Knows nothing of requests or pages."""

from lti_tool.lti.services.arrivals import record_course, record_person
from lti_tool.lti.services.deep_linking import answer_request, forget_old_requests, require_open_request
from lti_tool.lti.services.description import describe_tool
from lti_tool.lti.services.invitations import invite_counselor, redeem_invitation, withdraw_invitation
from lti_tool.lti.services.keys import ensure_tool_key, rotate_tool_keys, sign_as_tool
from lti_tool.lti.services.launches import admit, believe, open_course, read_in, record_launch
from lti_tool.lti.services.logins import (
    find_kept_attempt,
    find_platform,
    finish_attempt,
    forget_old_attempts,
    start_login,
)
from lti_tool.lti.services.names import forget_name, share_name
from lti_tool.lti.services.newcomers import issue_door_pass, newcomer_of, read_door_pass
from lti_tool.lti.services.notices import ask_to_be_told, deployments_to_ask, take_notice
from lti_tool.lti.services.platforms import (
    approve_deployment,
    grant_counselor,
    record_deployment,
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
from lti_tool.lti.services.rosters import read_roster
from lti_tool.lti.services.tabs import issue_tab_pass, redeem_tab_pass

__all__ = [
    "admit",
    "answer_request",
    "approve_deployment",
    "ask_to_be_told",
    "believe",
    "deployments_to_ask",
    "describe_tool",
    "ensure_tool_key",
    "find_kept_attempt",
    "find_platform",
    "find_registration_link",
    "finish_attempt",
    "forget_name",
    "forget_old_attempts",
    "forget_old_requests",
    "grant_counselor",
    "invite_counselor",
    "issue_door_pass",
    "issue_tab_pass",
    "make_registration_link",
    "newcomer_of",
    "open_course",
    "prepare_registration",
    "read_door_pass",
    "read_in",
    "read_roster",
    "record_course",
    "record_deployment",
    "record_grant",
    "record_launch",
    "record_person",
    "record_registration",
    "redeem_invitation",
    "redeem_tab_pass",
    "register_by_link",
    "register_platform",
    "require_open_request",
    "revoke_grant",
    "rotate_tool_keys",
    "set_deployment_state",
    "share_name",
    "sign_as_tool",
    "start_login",
    "take_notice",
    "withdraw_invitation",
    "withdraw_registration_link",
]
