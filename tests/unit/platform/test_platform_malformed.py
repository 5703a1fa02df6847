"""Each malformation changes what its name says, and only that."""

import json
from typing import Any

import pytest

from tests.platform.drafts import Exchange
from tests.platform.keys import from_base64url
from tests.platform.malformed import MALFORMED, Malformation
from tests.platform.platform import Platform
from tests.platform.tools import preinstalled

REQUEST = {"nonce": "nonce", "state": "state"}
EARLIER = Exchange(
    {"nonce": "earlier-nonce", "state": "earlier-state"}, {"id_token": "e.e.e", "state": "earlier-state"}
)
ONE_CLAIM = {
    name: claim
    for claim, names in {
        "exp": "exp_missing exp_ten_years_ahead exp_not_a_number",
        "iat": "iat_missing iat_one_year_old",
        "nbf": "nbf_in_the_future",
        "iss": "iss_missing iss_unknown",
        "aud": "aud_missing aud_empty_list aud_list_with_azp",
        "nonce": "nonce_missing nonce_unknown nonce_used_before nonce_of_another_login",
        "sub": "sub_missing sub_a_number sub_too_long",
        "version": "version_missing version_unknown",
        "message_type": "message_type_missing message_type_unknown message_type_submission_review "
        "message_type_start_proctoring",
        "deployment_id": "deployment_id_missing deployment_id_unknown",
        "roles": "roles_missing roles_a_string roles_empty roles_short roles_unknown roles_several",
        "resource_link": "resource_link_missing resource_link_id_missing resource_link_a_list "
        "resource_link_id_too_long",
        "target_link_uri": "target_link_uri_missing target_link_uri_foreign target_link_uri_not_of_the_login",
        "context": "context_missing",
        "custom": "custom_variable_verbatim",
        "deep_linking_settings": "deep_linking_without_return_url deep_linking_with_javascript_return_url",
        "for_user": "data_privacy_for_nobody",
        "weather": "extra_claims",
    }.items()
    for name in names.split()
}
ONE_HEADER = {
    "kid_missing": {"kid"},
    "kid_unknown": {"kid"},
    "alg_none": {"alg"},
    "hs256_with_public_key": {"alg"},
    "rs512": {"alg", "kid"},
    "key_of_1024_bits": {"kid"},
    "key_brought_along": {"jwk"},
}
TWO_CLAIMS = {
    "exp_past": {"exp", "iat"},
    "iat_in_the_future": {"exp", "iat"},
    "iat_within_skew": {"exp", "iat"},
    "aud_wrong": {"aud", "azp"},
    "azp_not_ours": {"aud", "azp"},
    "azp_missing_with_several_audiences": {"aud", "azp"},
    "aud_list_of_one": {"aud", "azp"},
    "names_null": {"name", "given_name", "family_name", "email"},
}
ONE_FIELD = {
    "login_without_iss": "iss",
    "login_with_unknown_iss": "iss",
    "login_with_unknown_client_id": "client_id",
    "login_without_login_hint": "login_hint",
    "login_without_target_link_uri": "target_link_uri",
    "login_with_foreign_target_link_uri": "target_link_uri",
}
FORM_FIELDS = {
    "body_tampered": {"id_token"},
    "signature_missing": {"id_token"},
    "token_is_garbage": {"id_token"},
    "token_sent_twice": {"id_token"},
    "launch_sent_twice": {"id_token", "state", "lti_storage_target"},
    "state_mismatch": {"state"},
    "state_missing": {"state"},
    "cookies_missing": {"lti_storage_target"},
    "token_missing": {"id_token"},
    "oidc_error_response": {"id_token", "error", "error_description"},
}
ELSEWHERE = {"untouched", "deep_linking", "data_privacy", "body_is_a_list", "signed_with_another_key"}


@pytest.fixture(scope="module")
def still() -> Platform:
    """A platform whose clock stands, so that two tokens differ only by what was done to them."""
    return Platform("http://127.0.0.1:9", "http://localhost:9", clock=lambda: 1_900_000_000.0)


def form_of(platform: Platform, name: str, message_of: Malformation) -> dict[str, str]:
    launch = platform.launch("instructor", malformed=name, message=message_of.message, earlier=EARLIER)
    object.__setattr__(launch, "hint", "the-same-hint")
    return platform.answer(launch, REQUEST)


def parts(token: str) -> tuple[dict[str, Any], Any, str]:
    header, payload, signature = token.split(".")
    return json.loads(from_base64url(header)), json.loads(from_base64url(payload)), signature


def changed(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name, ...) != other.get(name, ...)}


def pair(platform: Platform, name: str) -> tuple[dict[str, str], dict[str, str]]:
    malformation = MALFORMED[name]
    return form_of(platform, "untouched", malformation), form_of(platform, name, malformation)


def test_every_malformation_is_looked_at_here() -> None:
    seen = ELSEWHERE.union(ONE_CLAIM, TWO_CLAIMS, ONE_HEADER, ONE_FIELD, FORM_FIELDS)
    assert seen == set(MALFORMED)


@pytest.mark.parametrize("name", [*ONE_CLAIM, *TWO_CLAIMS])
def test_only_the_named_claims_differ(still: Platform, name: str) -> None:
    valid, malformed = (parts(form["id_token"]) for form in pair(still, name))
    short = {claim.rsplit("/", 1)[-1] for claim in changed(valid[1], malformed[1])}
    assert short == ({ONE_CLAIM[name]} if name in ONE_CLAIM else TWO_CLAIMS[name])
    assert valid[0] == malformed[0]


@pytest.mark.parametrize("name", ONE_HEADER)
def test_only_the_named_header_fields_differ(still: Platform, name: str) -> None:
    valid, malformed = (parts(form["id_token"]) for form in pair(still, name))
    assert changed(valid[0], malformed[0]) == ONE_HEADER[name]
    assert valid[1] == malformed[1]
    assert valid[2] != malformed[2]


@pytest.mark.parametrize("name", FORM_FIELDS)
def test_only_the_named_form_fields_differ(still: Platform, name: str) -> None:
    valid, malformed = pair(still, name)
    assert changed(valid, malformed) == FORM_FIELDS[name]


@pytest.mark.parametrize("name", ONE_FIELD)
def test_only_the_named_login_field_differs(still: Platform, name: str) -> None:
    valid = still.launch("student").login_parameters()
    malformed = still.launch("student", malformed=name).login_parameters()
    assert changed(valid, malformed) - {"lti_message_hint"} == {ONE_FIELD[name]}


def test_a_body_in_a_list_is_the_same_body(still: Platform) -> None:
    valid, malformed = (parts(form["id_token"]) for form in pair(still, "body_is_a_list"))
    assert malformed[1] == [valid[1]]


def test_another_key_changes_the_signature_alone(still: Platform) -> None:
    valid, malformed = (parts(form["id_token"]) for form in pair(still, "signed_with_another_key"))
    assert (valid[0], valid[1]) == (malformed[0], malformed[1])
    assert valid[2] != malformed[2]


def test_a_tampered_body_keeps_header_and_signature(still: Platform) -> None:
    valid, malformed = (parts(form["id_token"]) for form in pair(still, "body_tampered"))
    assert (valid[0], valid[2]) == (malformed[0], malformed[2])
    assert changed(valid[1], malformed[1]) == {"sub"}


def test_without_alg_there_is_no_signature(still: Platform) -> None:
    assert parts(pair(still, "alg_none")[1]["id_token"])[2] == ""


def test_questionable_keys_are_published_only_when_they_are_used() -> None:
    fresh = Platform("http://127.0.0.1:9", "http://localhost:9")
    assert len(fresh.keys.jwks()["keys"]) == 1
    fresh.id_token("student", malformed="key_of_1024_bits")
    assert {key["kid"] for key in fresh.keys.jwks()["keys"]} == {fresh.key.kid, "weak-1024"}


def test_a_launch_that_borrows_says_so_when_there_is_nothing_to_borrow(still: Platform) -> None:
    with pytest.raises(ValueError, match="earlier launch"):
        still.id_token("student", malformed="nonce_used_before")


def test_the_preinstalled_tool_follows_its_address(still: Platform) -> None:
    still.install_again("http://localhost:8123/")
    assert still.tool == preinstalled("http://localhost:8123")
