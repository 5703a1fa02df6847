"""Launches whose LTI claims are missing, of the wrong shape, or lead somewhere they should not."""

from tests.platform.claims import DEEP_LINKING_SETTINGS, LTI, Message
from tests.platform.drafts import TokenDraft
from tests.platform.malformed.table import Verdict, in_token

OVER_LONG = "x" * 256
FOREIGN = "https://elsewhere.example/lti/launch/"


@in_token(Verdict.REFUSED, "the body is a list")
def body_is_a_list(draft: TokenDraft) -> None:
    draft.claims = [draft.claims]


@in_token(Verdict.REFUSED, "sub is missing")
def sub_missing(draft: TokenDraft) -> None:
    del draft.claims["sub"]


@in_token(Verdict.REFUSED, "sub is a number")
def sub_a_number(draft: TokenDraft) -> None:
    draft.claims["sub"] = 17


@in_token(Verdict.REFUSED, "sub is longer than 255 characters")
def sub_too_long(draft: TokenDraft) -> None:
    draft.claims["sub"] = OVER_LONG


@in_token(Verdict.REFUSED, "the LTI version is missing")
def version_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "version"]


@in_token(Verdict.REFUSED, "the LTI version is not 1.3.0")
def version_unknown(draft: TokenDraft) -> None:
    draft.claims[LTI + "version"] = "1.1.0"


@in_token(Verdict.REFUSED, "the message type is missing")
def message_type_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "message_type"]


@in_token(Verdict.REFUSED, "the message type is not one of LTI")
def message_type_unknown(draft: TokenDraft) -> None:
    draft.claims[LTI + "message_type"] = "LtiMindReadingRequest"


@in_token(Verdict.REFUSED, "a submission review: real LTI, but nothing this tool does")
def message_type_submission_review(draft: TokenDraft) -> None:
    draft.claims[LTI + "message_type"] = "LtiSubmissionReviewRequest"


@in_token(Verdict.REFUSED, "a proctored start: real LTI, but nothing this tool does")
def message_type_start_proctoring(draft: TokenDraft) -> None:
    draft.claims[LTI + "message_type"] = "LtiStartProctoring"


@in_token(Verdict.REFUSED, "roles are missing")
def roles_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "roles"]


@in_token(Verdict.REFUSED, "roles are one string instead of a list")
def roles_a_string(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = draft.claims[LTI + "roles"][0]


@in_token(Verdict.REFUSED, "the resource link is missing")
def resource_link_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "resource_link"]


@in_token(Verdict.REFUSED, "the resource link has no id")
def resource_link_id_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "resource_link"]["id"]


@in_token(Verdict.REFUSED, "the resource link is a list")
def resource_link_a_list(draft: TokenDraft) -> None:
    draft.claims[LTI + "resource_link"] = [draft.claims[LTI + "resource_link"]]


@in_token(Verdict.REFUSED, "the resource link's id is longer than 255 characters")
def resource_link_id_too_long(draft: TokenDraft) -> None:
    draft.claims[LTI + "resource_link"]["id"] = OVER_LONG


@in_token(Verdict.REFUSED, "target_link_uri is missing")
def target_link_uri_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "target_link_uri"]


@in_token(Verdict.REFUSED, "target_link_uri is on a foreign host")
def target_link_uri_foreign(draft: TokenDraft) -> None:
    draft.claims[LTI + "target_link_uri"] = FOREIGN


@in_token(Verdict.REFUSED, "target_link_uri is not the one of the login")
def target_link_uri_not_of_the_login(draft: TokenDraft) -> None:
    draft.claims[LTI + "target_link_uri"] += "somewhere-else/"


@in_token(Verdict.REFUSED, "deep linking without a return address", message=Message.DEEP_LINKING)
def deep_linking_without_return_url(draft: TokenDraft) -> None:
    del draft.claims[DEEP_LINKING_SETTINGS]["deep_link_return_url"]


@in_token(Verdict.REFUSED, "deep linking with a javascript: return address", message=Message.DEEP_LINKING)
def deep_linking_with_javascript_return_url(draft: TokenDraft) -> None:
    draft.claims[DEEP_LINKING_SETTINGS]["deep_link_return_url"] = "javascript:alert(document.domain)"


@in_token(Verdict.REFUSED, "a data privacy launch that names nobody", message=Message.DATA_PRIVACY)
def data_privacy_for_nobody(draft: TokenDraft) -> None:
    draft.claims[LTI + "for_user"] = {}
