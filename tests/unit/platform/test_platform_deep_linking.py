"""Deep linking: what the tool in miniature signed is placed, once and only if it is right."""

import time
from typing import Any

import httpx
import pytest

from tests.platform.claims import DEEP_LINKING_SETTINGS, Message
from tests.platform.platform import Platform
from tests.unit.platform.forms import read_form
from tests.unit.platform.relying_party import DL, LTI, RelyingParty


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
