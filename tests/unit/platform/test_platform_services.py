"""Tokens, roster, deep linking and registration, asked for by the tool in miniature."""

import secrets
import time
from typing import Any

import httpx
import pytest
from jwcrypto import jwk

from tests.platform.claims import DEEP_LINKING_SETTINGS, Message
from tests.platform.people import PEOPLE, STUDENTS, TEST_USER
from tests.platform.platform import Platform
from tests.platform.roster import HTML_NOT_FOUND, SCOPE, TOO_MANY_REQUESTS, Dialect
from tests.unit.platform.forms import read_form
from tests.unit.platform.relying_party import DL, LTI, RelyingParty

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MEMBERS = "/nrps/course-stat-101/memberships"
TOOL_CONFIGURATION = "https://purl.imsglobal.org/spec/lti-tool-configuration"


def ask_for_token(http: httpx.Client, assertion: str, **changes: str) -> httpx.Response:
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
        "scope": SCOPE,
    }
    return http.post("/token", data={**form, **changes})


@pytest.fixture
def bearer(platform: Platform, party: RelyingParty, http: httpx.Client) -> dict[str, str]:
    answer = ask_for_token(http, party.assertion()).raise_for_status().json()
    return {"Authorization": f"Bearer {answer['access_token']}"}


def test_a_proven_client_gets_a_short_lived_token(
    platform: Platform, party: RelyingParty, http: httpx.Client
) -> None:
    response = ask_for_token(http, party.assertion())
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.json()["expires_in"] <= 300
    assert response.json()["scope"] == SCOPE


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "nobody"},
        {"sub": "somebody-else"},
        {"aud": "https://elsewhere.example/token"},
        {"exp": int(time.time()) - 600},
        {"exp": int(time.time()) + 86400},
        {"exp": None},
        {"iat": int(time.time()) + 600},
        {"iat": None},
        {"jti": None},
    ],
)
@pytest.mark.spec("RFC 7523", "3")
def test_a_wrong_assertion_gets_nothing(
    platform: Platform, party: RelyingParty, http: httpx.Client, changes: dict[str, Any]
) -> None:
    response = ask_for_token(http, party.assertion(**changes))
    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


def test_an_assertion_serves_once(platform: Platform, party: RelyingParty, http: httpx.Client) -> None:
    assertion = party.assertion()
    assert [ask_for_token(http, assertion).status_code for _ in range(2)] == [200, 401]


@pytest.mark.parametrize("kid", ["tool", "unpublished"])
def test_another_key_proves_nothing(
    platform: Platform, party: RelyingParty, http: httpx.Client, kid: str
) -> None:
    stranger = jwk.JWK.generate(kty="RSA", size=2048, kid=kid)
    assert ask_for_token(http, party.assertion(key=stranger)).status_code == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_assertion_type": "password"}, "invalid_client"),
        ({"client_assertion": "not a token"}, "invalid_client"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": f"{SCOPE} https://purl.imsglobal.org/spec/lti-ags/scope/score"}, "invalid_scope"),
    ],
)
def test_a_wrong_token_request_is_refused(
    platform: Platform, party: RelyingParty, http: httpx.Client, changes: dict[str, str], error: str
) -> None:
    assert ask_for_token(http, party.assertion(), **changes).json()["error"] == error


def test_the_roster_comes_in_pages_that_miss_nobody(http: httpx.Client, bearer: dict[str, str]) -> None:
    url: str | None = f"{MEMBERS}?limit=10"
    found, pages = [], 0
    while url:
        response = http.get(url, headers=bearer).raise_for_status()
        assert response.headers["content-type"].startswith("application/vnd.ims.lti-nrps.v2")
        found += [member["user_id"] for member in response.json()["members"]]
        url, pages = response.links.get("next", {}).get("url"), pages + 1
    assert pages == 3
    assert found == [sub for sub in PEOPLE if sub != TEST_USER.sub]


def test_the_roster_can_be_asked_for_one_role(http: httpx.Client, bearer: dict[str, str]) -> None:
    answer = http.get(MEMBERS, params={"role": "Learner", "limit": 50}, headers=bearer).json()
    assert [member["user_id"] for member in answer["members"]] == [student.sub for student in STUDENTS]
    assert not {"name", "email"} & set(answer["members"][0])


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer made-up"}, {"Authorization": "Basic abc"}])
def test_the_roster_is_closed_without_a_token(http: httpx.Client, headers: dict[str, str]) -> None:
    assert http.get(MEMBERS, headers=headers).status_code == 401


def test_a_token_dies_of_age(platform: Platform, http: httpx.Client, bearer: dict[str, str]) -> None:
    platform.clock = lambda: time.time() + 301
    try:
        assert http.get(MEMBERS, headers=bearer).status_code == 401
    finally:
        platform.clock = time.time


@pytest.mark.parametrize(("path", "status"), [("/nrps/other/memberships", 404), (f"{MEMBERS}?limit=x", 400)])
def test_a_roster_that_is_not_there(
    http: httpx.Client, bearer: dict[str, str], path: str, status: int
) -> None:
    assert http.get(path, headers=bearer).status_code == status


def test_the_roster_can_have_a_bad_day(
    platform: Platform, http: httpx.Client, bearer: dict[str, str]
) -> None:
    platform.roster.trouble += [TOO_MANY_REQUESTS, HTML_NOT_FOUND]
    assert http.get(MEMBERS, headers=bearer).headers["retry-after"] == "2"
    assert "text/html" in http.get(MEMBERS, headers=bearer).headers["content-type"]
    assert http.get(MEMBERS, headers=bearer).status_code == 200


def test_the_roster_can_speak_the_short_dialect_and_lose_people(
    platform: Platform, http: httpx.Client, bearer: dict[str, str]
) -> None:
    platform.roster.dialect = Dialect.SHORT
    platform.roster.suspended.add("student-02")
    try:
        members = http.get(MEMBERS, params={"limit": 50}, headers=bearer).json()["members"]
    finally:
        platform.roster.dialect = Dialect.SPEC
        platform.roster.suspended.clear()
    roles = {member["user_id"]: member["roles"] for member in members}
    assert "student-02" not in roles
    assert (roles["instructor"], roles["counselor"]) == (["Instructor"], ["Learner"])


def deep_linking_request(platform: Platform, party: RelyingParty) -> dict[str, Any]:
    launch = platform.launch("instructor", message=Message.DEEP_LINKING)
    return party.check_signature(launch.id_token(nonce="n", keys=platform.keys, now=platform.now()))


def return_url(request: dict[str, Any]) -> str:
    return str(request[DEEP_LINKING_SETTINGS]["deep_link_return_url"])


def test_what_the_tool_picked_is_placed_and_can_be_launched(
    platform: Platform, party: RelyingParty, http: httpx.Client
) -> None:
    request = deep_linking_request(platform, party)
    before = set(platform.links)
    response = http.post(return_url(request), data={"JWT": party.deep_linking_response(request)})
    assert response.status_code == 200
    (placed,) = set(platform.links) - before
    assert "A breathing pause" in http.get("/course/student/").text
    launch = platform.launch("student", link=platform.links[placed])
    claims = party.check_signature(launch.id_token(nonce="n", keys=platform.keys, now=platform.now()))
    assert claims[LTI + "resource_link"]["id"] == placed
    assert claims[LTI + "custom"]["page"] == "calm"


def test_an_instructor_places_a_link_from_page_to_page(platform: Platform, http: httpx.Client) -> None:
    login = read_form(http.get("/launch/instructor/?message=LtiDeepLinkingRequest").text)
    asked = http.post(login.action, data=login.fields, follow_redirects=True)
    launch = read_form(asked.text)
    choice = read_form(http.post(launch.action, data=launch.fields).text)
    assert "Placed in the course" in http.post(choice.action, data=choice.fields).text


ELSEWHERE = [{"type": "ltiResourceLink", "url": "https://elsewhere.example/"}]


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "nobody"},
        {"aud": "https://elsewhere.example"},
        {"exp": int(time.time()) - 600},
        {"nonce": None},
        {LTI + "deployment_id": "another"},
        {LTI + "message_type": "LtiResourceLinkRequest"},
        {DL + "data": "changed"},
        {DL + "content_items": "none"},
        {DL + "content_items": [{"type": "html", "html": "<b>"}]},
        {DL + "content_items": ELSEWHERE},
    ],
)
def test_a_wrong_answer_places_nothing(
    platform: Platform, party: RelyingParty, http: httpx.Client, changes: dict[str, Any]
) -> None:
    request = deep_linking_request(platform, party)
    before = dict(platform.links)
    token = party.deep_linking_response(request, **changes)
    assert http.post(return_url(request), data={"JWT": token}).status_code == 400
    assert platform.links == before


def test_an_answer_places_its_links_once(platform: Platform, party: RelyingParty, http: httpx.Client) -> None:
    request = deep_linking_request(platform, party)
    token = party.deep_linking_response(request)
    statuses = [http.post(return_url(request), data={"JWT": token}).status_code for _ in range(2)]
    assert statuses == [200, 400]


def test_an_ordinary_launch_cannot_be_answered_with_links(
    platform: Platform, party: RelyingParty, http: httpx.Client
) -> None:
    launch = platform.launch("instructor")
    assert http.post(launch.return_url, data={"JWT": "x.y.z"}).status_code == 400


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
