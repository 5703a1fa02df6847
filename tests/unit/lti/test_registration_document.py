"""What the tool says of itself and asks for, and what it reads of the answer."""

from dataclasses import replace
from typing import Any

import pytest

from lti_tool.lti.protocol.platform_configuration import PlatformConfiguration
from lti_tool.lti.protocol.registration_answer import read_answer
from lti_tool.lti.protocol.registration_document import LTI_TOOL, Tool, registration_document
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from lti_tool.lti.quirks import canvas
from lti_tool.lti.quirks.registration import amended, frame_origins, pasted_configuration
from lti_tool.lti.validators import validate_origins

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
LAUNCH = "https://attune.example:8443/lti/launch/"
TOOL = Tool(
    name="Attune",
    description="A quiet place.",
    login_url="https://attune.example:8443/lti/login/",
    launch_url=LAUNCH,
    jwks_url="https://attune.example:8443/lti/jwks/",
    logo_url="https://attune.example:8443/static/img/mark.svg",
)
PLATFORM = PlatformConfiguration(
    issuer="https://school.example",
    authorization_endpoint="https://school.example/auth",
    token_endpoint="https://school.example/token",
    jwks_uri="https://school.example/jwks",
    registration_endpoint="https://school.example/register",
    scopes=frozenset({"openid", ROSTER, NOTICES, SCORE}),
    claims=frozenset({"iss", "sub", "name", "email"}),
    product_family="moodle",
    messages=frozenset({"LtiResourceLinkRequest", "LtiDeepLinkingRequest"}),
    variables=frozenset(),
)


def document(*, names: bool = False, **platform: Any) -> dict[str, Any]:  # noqa: ANN401
    asked = replace(PLATFORM, **platform)
    return amended(registration_document(TOOL, asked, names=names), asked, names=names)


def test_only_what_is_used_is_asked_for_and_only_where_it_is_offered() -> None:
    assert document()["scope"] == f"{ROSTER} {NOTICES}"
    assert document(scopes=frozenset({ROSTER}))["scope"] == ROSTER
    assert document(scopes=frozenset({SCORE}))["scope"] == ""


def test_names_are_asked_for_only_if_somebody_chose_so_and_addresses_never() -> None:
    assert document()[LTI_TOOL]["claims"] == ["iss", "sub"]
    assert document(names=True)[LTI_TOOL]["claims"] == ["iss", "sub", "name"]
    assert document(names=True, claims=frozenset())[LTI_TOOL]["claims"] == ["iss", "sub", "name"]
    assert document(names=True, claims=frozenset({"iss"}))[LTI_TOOL]["claims"] == ["iss", "sub"]


def test_the_domain_is_host_and_port_of_the_one_launch_address() -> None:
    sent = document()

    assert sent["redirect_uris"] == [LAUNCH]
    assert sent[LTI_TOOL]["domain"] == "attune.example:8443"
    assert {message["target_link_uri"] for message in sent[LTI_TOOL]["messages"]} == {LAUNCH}


def test_deep_linking_is_registered_where_it_is_offered() -> None:
    kinds = [message["type"] for message in document()[LTI_TOOL]["messages"]]
    fewer = document(messages=frozenset())[LTI_TOOL]["messages"]

    assert kinds == ["LtiResourceLinkRequest", "LtiDeepLinkingRequest"]
    assert [message["type"] for message in fewer] == ["LtiResourceLinkRequest"]


def test_a_family_without_wishes_gets_the_registration_of_the_specification() -> None:
    assert document() == document(product_family="") == registration_document(TOOL, PLATFORM, names=False)


@pytest.mark.parametrize("family", ["canvas", "Canvas"])
def test_canvas_gets_its_placements_and_no_name(family: str) -> None:
    configuration = document(product_family=family)[LTI_TOOL]
    navigation, picking = configuration["messages"]

    assert navigation["placements"] == ["course_navigation"]
    assert navigation[canvas.NAVIGATION_BY_DEFAULT] is False
    assert picking["placements"] == ["link_selection", "assignment_selection"]
    assert configuration[canvas.PRIVACY_LEVEL] == "anonymous"


def test_canvas_tells_names_where_somebody_chose_so_and_never_addresses() -> None:
    assert document(names=True, product_family="canvas")[LTI_TOOL][canvas.PRIVACY_LEVEL] == "name_only"


def test_each_school_of_a_cloud_may_frame_the_tool() -> None:
    cloud = replace(PLATFORM, issuer="https://canvas.instructure.com")

    assert frame_origins(cloud)[-1] == "https://*.instructure.com"
    assert frame_origins(PLATFORM) == ["https://school.example"]
    validate_origins(frame_origins(cloud))


def test_a_developer_key_asks_for_the_same_as_a_registration() -> None:
    key = pasted_configuration(TOOL)
    (extension,) = key["extensions"]
    placements = {place["placement"]: place["message_type"] for place in extension["settings"]["placements"]}

    assert key["scopes"] == [ROSTER, NOTICES]
    assert (extension["privacy_level"], extension["domain"]) == ("anonymous", "attune.example:8443")
    assert placements == {
        "course_navigation": "LtiResourceLinkRequest",
        "link_selection": "LtiDeepLinkingRequest",
        "assignment_selection": "LtiDeepLinkingRequest",
    }


def test_an_answer_names_us_and_where_we_are_installed_if_it_knows() -> None:
    installed = read_answer({"client_id": "c1", LTI_TOOL: {"deployment_id": "7"}})

    assert (installed.client_id, installed.deployment_id) == ("c1", "7")
    assert read_answer({"client_id": "c1", LTI_TOOL: None}).deployment_id == ""


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "c1",
        {},
        {"client_id": ""},
        {"client_id": 7},
        {"client_id": "c\x001"},
        {"client_id": "x" * 256},
        {"client_id": "c1", LTI_TOOL: {"deployment_id": 7}},
        {"client_id": "c1", LTI_TOOL: {"deployment_id": "x" * 256}},
    ],
)
def test_an_answer_that_cannot_be_kept_is_refused(answer: object) -> None:
    with pytest.raises(RegistrationRefused) as refused:
        read_answer(answer)
    assert refused.value.obstacle is Obstacle.ANSWER_UNREADABLE


def test_every_obstacle_says_what_happened_and_what_to_do() -> None:
    for obstacle in Obstacle:
        error = RegistrationRefused(obstacle)
        assert error.shown_message.endswith(".")
        assert error.shown_next_step.endswith(".")
        assert error.shown_code == f"registration_refused.{obstacle.code}"
