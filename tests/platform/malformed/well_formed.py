"""Launches that look odd and must be accepted all the same (certification)."""

from tests.platform.claims import LTI, Message
from tests.platform.drafts import TokenDraft
from tests.platform.malformed.table import Verdict, in_token
from tests.platform.people import INSTRUCTOR_ROLE, LEARNER, TEACHING_ASSISTANT


@in_token(Verdict.ACCEPTED, "nothing is wrong with it")
def untouched(draft: TokenDraft) -> None:
    assert draft.claims


@in_token(Verdict.ACCEPTED, "an empty list of roles")
def roles_empty(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = []


@in_token(Verdict.ACCEPTED, "the short role Learner")
def roles_short(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = ["Learner"]


@in_token(Verdict.ACCEPTED, "a role that no vocabulary knows, beside a known one")
def roles_unknown(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = ["https://elsewhere.example/roles#Wizard", LEARNER]


@in_token(Verdict.ACCEPTED, "several roles at once")
def roles_several(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = [INSTRUCTOR_ROLE, TEACHING_ASSISTANT, LEARNER]


@in_token(Verdict.ACCEPTED, "the person's name and e-mail are blocked and come as null")
def names_null(draft: TokenDraft) -> None:
    draft.claims |= {"name": None, "given_name": None, "family_name": None, "email": None}


@in_token(Verdict.ACCEPTED, "no context")
def context_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "context"]


@in_token(Verdict.ACCEPTED, "aud is a list that holds us, with azp ours")
def aud_list_with_azp(draft: TokenDraft) -> None:
    draft.claims["aud"] = [draft.claims["aud"], "another-tool"]


@in_token(Verdict.ACCEPTED, "aud is a list of one")
def aud_list_of_one(draft: TokenDraft) -> None:
    draft.claims["aud"] = [draft.claims["aud"]]
    del draft.claims["azp"]


@in_token(Verdict.ACCEPTED, "iat half a minute ahead: within the allowed clock skew")
def iat_within_skew(draft: TokenDraft) -> None:
    draft.claims |= {"iat": draft.now + 30, "exp": draft.now + 90}


@in_token(Verdict.ACCEPTED, "a substitution variable that the platform does not know arrives verbatim")
def custom_variable_verbatim(draft: TokenDraft) -> None:
    draft.claims[LTI + "custom"] = {"term": "$Bogus.variable"}


@in_token(Verdict.ACCEPTED, "claims that no specification knows")
def extra_claims(draft: TokenDraft) -> None:
    draft.claims["https://elsewhere.example/claim/weather"] = {"sky": "grey"}


@in_token(Verdict.ACCEPTED, "a well-formed deep linking request", message=Message.DEEP_LINKING)
def deep_linking(draft: TokenDraft) -> None:
    draft.claims[LTI + "roles"] = [INSTRUCTOR_ROLE]


@in_token(Verdict.ACCEPTED, "a well-formed data privacy launch", message=Message.DATA_PRIVACY)
def data_privacy(draft: TokenDraft) -> None:
    draft.claims.pop(LTI + "context", None)
