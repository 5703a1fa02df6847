"""Launches from the wrong sender, for the wrong audience, or of the wrong deployment."""

from tests.platform.claims import LTI
from tests.platform.drafts import LoginDraft, TokenDraft
from tests.platform.malformed.table import Verdict, in_login, in_token


@in_token(Verdict.REFUSED, "iss is missing")
def iss_missing(draft: TokenDraft) -> None:
    del draft.claims["iss"]


@in_token(Verdict.REFUSED, "iss is not the platform of the login")
def iss_unknown(draft: TokenDraft) -> None:
    draft.claims["iss"] = "https://elsewhere.example"


@in_token(Verdict.REFUSED, "aud is missing")
def aud_missing(draft: TokenDraft) -> None:
    del draft.claims["aud"]


@in_token(Verdict.REFUSED, "aud is another tool")
def aud_wrong(draft: TokenDraft) -> None:
    draft.claims |= {"aud": "another-tool", "azp": "another-tool"}


@in_token(Verdict.REFUSED, "aud is an empty list")
def aud_empty_list(draft: TokenDraft) -> None:
    draft.claims["aud"] = []


@in_token(Verdict.REFUSED, "several audiences, and no azp to say who is meant")
def azp_missing_with_several_audiences(draft: TokenDraft) -> None:
    draft.claims["aud"] = [draft.claims["aud"], "another-tool"]
    del draft.claims["azp"]


@in_token(Verdict.REFUSED, "several audiences, and azp is another tool")
def azp_not_ours(draft: TokenDraft) -> None:
    draft.claims |= {"aud": [draft.claims["aud"], "another-tool"], "azp": "another-tool"}


@in_token(Verdict.REFUSED, "deployment_id is missing")
def deployment_id_missing(draft: TokenDraft) -> None:
    del draft.claims[LTI + "deployment_id"]


@in_token(Verdict.REFUSED, "deployment_id was never registered")
def deployment_id_unknown(draft: TokenDraft) -> None:
    draft.claims[LTI + "deployment_id"] = "a-deployment-nobody-made"


@in_login(Verdict.REFUSED, "login without iss")
def login_without_iss(draft: LoginDraft) -> None:
    del draft.fields["iss"]


@in_login(Verdict.REFUSED, "login from a platform that is not registered")
def login_with_unknown_iss(draft: LoginDraft) -> None:
    draft.fields["iss"] = "https://elsewhere.example"


@in_login(Verdict.REFUSED, "login with a client_id that is not registered")
def login_with_unknown_client_id(draft: LoginDraft) -> None:
    draft.fields["client_id"] = "another-tool"


@in_login(Verdict.REFUSED, "login without login_hint")
def login_without_login_hint(draft: LoginDraft) -> None:
    del draft.fields["login_hint"]


@in_login(Verdict.REFUSED, "login without target_link_uri")
def login_without_target_link_uri(draft: LoginDraft) -> None:
    del draft.fields["target_link_uri"]


@in_login(Verdict.REFUSED, "login whose target_link_uri is on a foreign host")
def login_with_foreign_target_link_uri(draft: LoginDraft) -> None:
    draft.fields["target_link_uri"] = "https://elsewhere.example/lti/launch/"
