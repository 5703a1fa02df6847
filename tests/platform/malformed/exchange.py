"""Launches that are stale, replayed, borrowed or never finished: nonce, state, cookies and errors."""

from tests.platform.drafts import FormDraft, TokenDraft
from tests.platform.malformed.table import Earlier, Verdict, in_form, in_token


@in_token(Verdict.REFUSED, "nonce is missing")
def nonce_missing(draft: TokenDraft) -> None:
    del draft.claims["nonce"]


@in_token(Verdict.REFUSED, "nonce was never given out")
def nonce_unknown(draft: TokenDraft) -> None:
    draft.claims["nonce"] = "a-nonce-nobody-made"


@in_token(Verdict.REFUSED, "a new token with the nonce of a finished launch", earlier=Earlier.DELIVERED)
def nonce_used_before(draft: TokenDraft) -> None:
    draft.claims["nonce"] = draft.required_earlier().request["nonce"]


@in_token(Verdict.REFUSED, "the nonce of one login with the state of another", earlier=Earlier.STARTED)
def nonce_of_another_login(draft: TokenDraft) -> None:
    draft.claims["nonce"] = draft.required_earlier().request["nonce"]


@in_form(Verdict.REFUSED, "a finished launch sent a second time", earlier=Earlier.DELIVERED)
def launch_sent_twice(draft: FormDraft) -> None:
    draft.fields = dict(draft.required_earlier().form)


@in_form(Verdict.REFUSED, "the token of a finished launch with a new state", earlier=Earlier.DELIVERED)
def token_sent_twice(draft: FormDraft) -> None:
    draft.fields["id_token"] = draft.required_earlier().form["id_token"]


@in_form(Verdict.REFUSED, "state is not the one of the login")
def state_mismatch(draft: FormDraft) -> None:
    draft.fields["state"] = "a-state-nobody-made"


@in_form(Verdict.REFUSED, "state is missing")
def state_missing(draft: FormDraft) -> None:
    draft.fields.pop("state", None)


@in_form(Verdict.REFUSED, "another browser: no state cookie and no platform storage", without_cookies=True)
def cookies_missing(draft: FormDraft) -> None:
    draft.fields.pop("lti_storage_target", None)


@in_form(Verdict.REFUSED, "neither a token nor an error")
def token_missing(draft: FormDraft) -> None:
    del draft.fields["id_token"]


@in_form(Verdict.REFUSED, "the platform answers with an OIDC error")
def oidc_error_response(draft: FormDraft) -> None:
    del draft.fields["id_token"]
    draft.fields |= {"error": "login_required", "error_description": "Nobody is signed in on the platform."}
