"""Dynamic registration: a tool comes in by invitation, and only with a document that is right."""

import secrets
from typing import Any

import httpx
import pytest

from tests.platform.platform import Platform
from tests.platform.roster import SCOPE
from tests.unit.platform.relying_party import RelyingParty

TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"


def registration_of(party: RelyingParty, **changes: object) -> dict[str, Any]:
    document = {
        "client_name": "A tool in miniature",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "token_endpoint_auth_method": "private_key_jwt",
        "initiate_login_uri": f"{party.base_url}/lti/login/",
        "redirect_uris": [f"{party.base_url}/lti/launch/"],
        "jwks_uri": f"{party.base_url}/lti/jwks/",
        "scope": f"{SCOPE} https://purl.imsglobal.org/spec/lti-ags/scope/score",
        TOOL_CONFIGURATION: {
            "domain": party.base_url.removeprefix("http://"),
            "target_link_uri": f"{party.base_url}/lti/launch/",
            "claims": ["iss", "sub"],
        },
    }
    return {**document, **changes}


def invite(platform: Platform) -> dict[str, str]:
    return {"Authorization": f"Bearer {platform.registrations.invite()}"}


def test_a_tool_registers_itself_twice_and_keeps_its_client_id(
    platform: Platform, party: RelyingParty, http: httpx.Client
) -> None:
    where = http.get("/.well-known/openid-configuration").json()
    assert where["issuer"] == platform.base_url
    headers = invite(platform)
    answers = [
        http.post(where["registration_endpoint"], json=registration_of(party), headers=headers).json()
        for _ in range(2)
    ]
    assert answers[0]["client_id"] == answers[1]["client_id"]
    assert answers[0]["scope"] == SCOPE
    assert platform.tools[answers[0]["client_id"]].name == "A tool in miniature"


@pytest.mark.parametrize(
    "changes",
    [
        {"token_endpoint_auth_method": "client_secret_post"},
        {"response_types": ["code"]},
        {"grant_types": ["implicit"]},
        {"redirect_uris": "http://localhost/"},
        {"redirect_uris": []},
        {"initiate_login_uri": "javascript:alert(1)"},
        {"jwks_uri": None},
        {TOOL_CONFIGURATION: None},
        {TOOL_CONFIGURATION: {"domain": "elsewhere.example", "target_link_uri": "http://localhost/"}},
    ],
)
def test_a_wrong_registration_is_refused(
    platform: Platform, party: RelyingParty, http: httpx.Client, changes: dict[str, Any]
) -> None:
    installed = dict(platform.tools)
    response = http.post("/register", json=registration_of(party, **changes), headers=invite(platform))
    assert (response.status_code, response.json()["error"]) == (400, "invalid_client_metadata")
    assert platform.tools == installed


def test_registration_needs_an_invitation(
    platform: Platform, party: RelyingParty, http: httpx.Client
) -> None:
    headers = {"Authorization": f"Bearer {secrets.token_urlsafe()}"}
    assert http.post("/register", json=registration_of(party), headers=headers).status_code == 401
    assert http.post("/register", content=b"{", headers=invite(platform)).status_code == 400
