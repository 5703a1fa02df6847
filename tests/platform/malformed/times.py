"""Launches whose times are wrong."""

from tests.platform.drafts import TokenDraft
from tests.platform.malformed.table import Verdict, in_token

MINUTE = 60
YEAR = 365 * 24 * 60 * MINUTE
BEYOND_SKEW = 5 * MINUTE


@in_token(Verdict.REFUSED, "exp is missing")
def exp_missing(draft: TokenDraft) -> None:
    del draft.claims["exp"]


@in_token(Verdict.REFUSED, "exp is past, beyond the allowed clock skew")
def exp_past(draft: TokenDraft) -> None:
    draft.claims |= {"iat": draft.now - 2 * BEYOND_SKEW, "exp": draft.now - BEYOND_SKEW}


@in_token(Verdict.REFUSED, "exp is ten years ahead")
def exp_ten_years_ahead(draft: TokenDraft) -> None:
    draft.claims["exp"] = draft.now + 10 * YEAR


@in_token(Verdict.REFUSED, "exp is a word")
def exp_not_a_number(draft: TokenDraft) -> None:
    draft.claims["exp"] = "soon"


@in_token(Verdict.REFUSED, "iat is missing")
def iat_missing(draft: TokenDraft) -> None:
    del draft.claims["iat"]


@in_token(Verdict.REFUSED, "iat is a year old, though exp is still ahead")
def iat_one_year_old(draft: TokenDraft) -> None:
    draft.claims["iat"] = draft.now - YEAR


@in_token(Verdict.REFUSED, "iat is in the future, beyond the allowed clock skew")
def iat_in_the_future(draft: TokenDraft) -> None:
    draft.claims |= {"iat": draft.now + BEYOND_SKEW, "exp": draft.now + 2 * BEYOND_SKEW}


@in_token(Verdict.REFUSED, "nbf is in the future, beyond the allowed clock skew")
def nbf_in_the_future(draft: TokenDraft) -> None:
    draft.claims["nbf"] = draft.now + BEYOND_SKEW
