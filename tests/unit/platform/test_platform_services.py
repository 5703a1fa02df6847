"""Access tokens and the roster, asked for by the tool in miniature."""

import time
from typing import Any

import httpx
import pytest
from jwcrypto import jwk

from tests.platform.people import PEOPLE, STUDENTS, TEST_USER
from tests.platform.platform import Platform
from tests.platform.roster import HTML_NOT_FOUND, SCOPE, TOO_MANY_REQUESTS, Dialect
from tests.unit.platform.relying_party import RelyingParty

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
MEMBERS = "/nrps/course-stat-101/memberships"


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
        {"exp": int(time.time()) - 6000},
        {"exp": int(time.time()) + 86400},
        {"exp": None},
        {"iat": int(time.time()) + 6000},
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
    assert pages == 7  # 63 people
    assert found == [sub for sub in PEOPLE if sub != TEST_USER.sub]


def test_the_roster_can_be_asked_for_one_role(http: httpx.Client, bearer: dict[str, str]) -> None:
    answer = http.get(MEMBERS, params={"role": "Learner", "limit": 100}, headers=bearer).json()
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
        members = http.get(MEMBERS, params={"limit": 100}, headers=bearer).json()["members"]
    finally:
        platform.roster.dialect = Dialect.SPEC
        platform.roster.suspended.clear()
    roles = {member["user_id"]: member["roles"] for member in members}
    assert "student-02" not in roles
    assert (roles["instructor"], roles["counselor"]) == (["Instructor"], ["Learner"])
