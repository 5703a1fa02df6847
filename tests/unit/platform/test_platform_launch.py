"""A launch from the course page to the tool, over real HTTP on both sides."""

import httpx
import pytest

from tests.platform import people
from tests.platform.claims import LTI, NAMES_AND_ROLES
from tests.platform.keys import PlatformKey
from tests.platform.launches import ABSENT
from tests.platform.malformed import MALFORMED, Malformation, Verdict
from tests.platform.platform import Platform
from tests.platform.play import HttpBrowser, Stage, log_in, play
from tests.unit.platform.forms import read_form
from tests.unit.platform.relying_party import RelyingParty

AUTHORIZATION = {
    "scope": "openid",
    "response_type": "id_token",
    "response_mode": "form_post",
    "prompt": "none",
    "nonce": "n",
    "state": "s",
}


def authorization(platform: Platform, **changes: str | None) -> dict[str, str]:
    """A good authorisation request for a launch just begun, with `changes` (None leaves a field out)."""
    launch = platform.launch("student")
    request: dict[str, str | None] = {
        **AUTHORIZATION,
        "client_id": platform.tool.client_id,
        "redirect_uri": platform.tool.launch_url,
        "login_hint": launch.person.sub,
        "lti_message_hint": launch.hint,
        **changes,
    }
    return {name: value for name, value in request.items() if value is not None}


@pytest.mark.spec("LTI 1.3 Core", "5.1.1")
@pytest.mark.parametrize("via", ["", "?via=get"])
def test_a_student_gets_from_the_course_into_the_tool(
    platform: Platform, party: RelyingParty, http: httpx.Client, via: str
) -> None:
    page = http.get(f"/launch/student/{via}")
    if via:
        login = http.get(page.headers["location"])
    else:
        form = read_form(page.text)
        login = http.post(form.action, data=form.fields)
    answer = read_form(http.get(login.headers["location"]).text)
    assert answer.action == platform.tool.launch_url
    assert http.post(answer.action, data=answer.fields).text.endswith("Hello student-01")
    assert party.launched[-1]["sub"] == "student-01"


def test_the_claims_are_those_of_the_course_and_nobody_is_named_unasked(
    platform: Platform, party: RelyingParty
) -> None:
    claims = party.check_signature(platform.id_token("counselor"))
    assert claims[LTI + "roles"] == list(people.COUNSELOR.roles)
    assert claims[LTI + "context"]["id"] == people.COURSE.context_id
    assert claims[LTI + "tool_platform"]["product_family_code"] == "attune-demo"
    assert claims[NAMES_AND_ROLES]["context_memberships_url"].startswith(platform.base_url)
    assert not {"name", "given_name", "family_name", "email"} & set(claims)


def test_names_are_sent_when_asked_for(platform: Platform, party: RelyingParty) -> None:
    launch = platform.launch("student", with_names=True)
    token = launch.id_token(nonce="n", keys=platform.keys, now=platform.now())
    assert party.check_signature(token)["name"] == people.STUDENTS[0].name


def test_claims_can_be_overridden_and_left_out(platform: Platform, party: RelyingParty) -> None:
    claims = party.check_signature(platform.id_token("student", roles=["Learner"], context=ABSENT, exp=7))
    assert (claims[LTI + "roles"], claims["exp"]) == (["Learner"], 7)
    assert LTI + "context" not in claims


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"scope": "profile"}, "invalid_scope"),
        ({"response_type": "code"}, "unsupported_response_type"),
        ({"response_mode": "query"}, "invalid_request"),
        ({"prompt": "login"}, "invalid_request"),
        ({"prompt": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"state": None}, "invalid_request"),
        ({"login_hint": None}, "invalid_request"),
        ({"login_hint": "student-02"}, "login_required"),
        ({"lti_message_hint": None}, "login_required"),
        ({"lti_message_hint": "unheard-of"}, "login_required"),
    ],
)
@pytest.mark.spec("OpenID Connect Core 1.0", "3.1.2.6")
def test_a_wrong_authorisation_request_is_answered_with_an_error(
    platform: Platform, http: httpx.Client, changes: dict[str, str | None], error: str
) -> None:
    form = read_form(http.get("/authorize", params=authorization(platform, **changes)).text)
    assert form.action == platform.tool.launch_url
    assert form.fields["error"] == error
    assert "id_token" not in form.fields


@pytest.mark.parametrize(
    "changes",
    [
        {"client_id": "nobody"},
        {"client_id": None},
        {"redirect_uri": None},
        {"redirect_uri": "https://elsewhere.example/"},
    ],
)
@pytest.mark.parametrize("exact", ["", "?more"])
def test_nothing_is_sent_to_an_address_that_was_not_registered(
    platform: Platform, http: httpx.Client, changes: dict[str, str | None], exact: str
) -> None:
    asked = authorization(
        platform, **(changes if not exact else {"redirect_uri": platform.tool.launch_url + exact})
    )
    response = http.post("/authorize", data=asked)
    assert response.status_code == 400
    assert read_form(response.text).action == ""


def test_what_a_tool_says_is_escaped_on_the_way_back(platform: Platform, http: httpx.Client) -> None:
    state = '"><script>alert(1)</script>'
    page = http.get("/authorize", params=authorization(platform, state=state)).text
    assert "<script>alert" not in page
    assert read_form(page).fields["state"] == state


def test_a_key_can_be_rotated_while_the_old_one_stays_known(platform: Platform, party: RelyingParty) -> None:
    before = platform.id_token("student")
    platform.keys.rotate(PlatformKey.generate("next"))
    assert party.check_signature(before)["sub"] == party.check_signature(platform.id_token("student"))["sub"]


@pytest.mark.parametrize("malformation", MALFORMED.values(), ids=lambda entry: entry.name)
def test_a_strict_tool_agrees_with_the_verdict(
    platform: Platform, party: RelyingParty, http: httpx.Client, malformation: Malformation
) -> None:
    outcome = play(platform, HttpBrowser(http), malformation)
    assert outcome.accepted is (malformation.verdict is Verdict.ACCEPTED), outcome.answer.response.text
    assert outcome.answer.status in {200, 403}
    assert (outcome.stage is Stage.LOGIN) is (malformation.login is not None)


def test_a_login_gives_the_hint_back_unchanged(platform: Platform, http: httpx.Client) -> None:
    launch = platform.launch("student")
    _, request = log_in(platform, HttpBrowser(http), launch)
    assert request is not None
    assert request["lti_message_hint"] == launch.hint
