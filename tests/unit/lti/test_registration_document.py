"""What the tool says of itself and asks for, and what it reads of the answer."""

import pytest

from lti_tool.lti.protocol.registration_answer import read_answer
from lti_tool.lti.protocol.registration_document import LTI_TOOL, registration_document
from lti_tool.lti.protocol.registration_refusals import Obstacle, RegistrationRefused
from lti_tool.lti.protocol.scopes import NOTICES, ROSTER
from tests.unit.lti.registrations import LAUNCH, PLATFORM, SCORE, TOOL, document


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
