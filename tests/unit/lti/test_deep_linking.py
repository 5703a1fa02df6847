"""A deep linking request as the verifier reads it, and what is kept of it until it is answered."""

import json
from datetime import timedelta
from typing import Any

import pytest

from lti_tool.lti import services
from lti_tool.lti.errors import DeepLinkingOver
from lti_tool.lti.models import DeepLinkingRequest, Launch
from lti_tool.lti.protocol.claims import DeepLinkingSettings, Message, VerifiedLaunch
from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.services.deep_linking import OPEN_FOR, remember_request
from tests.factories import make_context, make_instructor, make_launch
from tests.factories.people import INSTRUCTOR
from tests.factories.times import NOW
from tests.platform.claims import DEEP_LINKING_SETTINGS
from tests.platform.claims import Message as Sent
from tests.platform.keys import from_base64url
from tests.unit.lti.voices import Voice

RETURN_URL = "https://platform.example/return?sesskey=verySecret7"


def _say(voice: Voice, **settings: object) -> VerifiedLaunch:
    launch = voice.platform.launch("instructor", message=Sent.DEEP_LINKING)
    claims = launch._claims("nonce", int(voice.now.timestamp()))
    claims[DEEP_LINKING_SETTINGS] |= settings
    overrides = {DEEP_LINKING_SETTINGS: claims[DEEP_LINKING_SETTINGS]}
    changed = voice.platform.launch("instructor", message=Sent.DEEP_LINKING, overrides=overrides)
    return voice.hear(
        changed.id_token(nonce="nonce", keys=voice.platform.keys, now=int(voice.now.timestamp()))
    )


def _reason(voice: Voice, **settings: object) -> Reason:
    with pytest.raises(LaunchRefused) as refused:
        _say(voice, **settings)
    return refused.value.reason


def test_a_request_says_where_the_answer_goes_and_what_goes_with_it(voice: Voice) -> None:
    launch = _say(voice, deep_link_return_url=RETURN_URL, data="opaque")

    assert launch.message is Message.DEEP_LINKING
    assert launch.resource_link is None
    assert launch.deep_linking == DeepLinkingSettings(RETURN_URL, "opaque")


def test_the_return_address_is_in_no_representation(voice: Voice) -> None:
    assert "verySecret7" not in repr(_say(voice, deep_link_return_url=RETURN_URL))


@pytest.mark.parametrize("accepted", [None, [], ["link", "html"], "ltiResourceLink", {"ltiResourceLink": 1}])
def test_a_place_that_takes_no_links_is_told(voice: Voice, accepted: object) -> None:
    assert _reason(voice, accept_types=accepted) is Reason.LINKS_NOT_ACCEPTED


def test_settings_of_the_wrong_shape_are_told(voice: Voice) -> None:
    shapes: tuple[object, ...] = ([], "x", {}, None)
    for settings in shapes:
        launch = voice.platform.launch(
            "instructor", message=Sent.DEEP_LINKING, overrides={DEEP_LINKING_SETTINGS: settings}
        )
        token = launch.id_token(nonce="nonce", keys=voice.platform.keys, now=int(voice.now.timestamp()))
        with pytest.raises(LaunchRefused) as refused:
            voice.hear(token)
        assert refused.value.reason is Reason.DEEP_LINKING_SETTINGS_MISSING


@pytest.fixture
def launch(db: None) -> Launch:
    context = make_context()
    return make_launch(
        make_instructor(context), context, roles=(INSTRUCTOR,), message=Message.DEEP_LINKING.value
    )


def _remember(launch: Launch, data: Any = "opaque") -> None:  # noqa: ANN401
    remember_request(launch=launch, asked=DeepLinkingSettings(RETURN_URL, data), at=NOW)


def test_the_return_address_is_kept_sealed_and_goes_with_the_answer(launch: Launch) -> None:
    _remember(launch)
    assert b"verySecret7" not in bytes(DeepLinkingRequest.objects.get().sealed)

    answer = services.answer_request(launch=launch, choices=[], at=NOW)

    assert answer.return_url == RETURN_URL
    assert not DeepLinkingRequest.objects.exists()
    assert "verySecret7" not in repr(answer)


def test_a_request_is_answered_once(launch: Launch) -> None:
    _remember(launch)
    services.answer_request(launch=launch, choices=[], at=NOW)

    with pytest.raises(DeepLinkingOver):
        services.answer_request(launch=launch, choices=[], at=NOW)


def test_a_request_that_waited_too_long_is_over_and_the_next_one_clears_it_away(launch: Launch) -> None:
    _remember(launch)
    later = NOW + OPEN_FOR

    with pytest.raises(DeepLinkingOver):
        services.require_open_request(launch=launch, at=later)
    with pytest.raises(DeepLinkingOver):
        services.answer_request(launch=launch, choices=[], at=later)
    other = make_launch(launch.user, launch.context, message=Message.DEEP_LINKING.value)
    remember_request(
        launch=other, asked=DeepLinkingSettings(RETURN_URL, None), at=later + timedelta(seconds=1)
    )
    assert DeepLinkingRequest.objects.get().launch == other


@pytest.mark.parametrize("data", ["opaque", "", 0, {"a": [1, "ü", "half \ud800"]}], ids=repr)
def test_data_of_any_shape_goes_back_unchanged(launch: Launch, data: object) -> None:
    _remember(launch, data)

    answer = services.answer_request(launch=launch, choices=[], at=NOW)

    assert _body(answer.token)["https://purl.imsglobal.org/spec/lti-dl/claim/data"] == data


def test_data_that_was_not_sent_is_not_invented(launch: Launch) -> None:
    _remember(launch, None)

    token = services.answer_request(launch=launch, choices=[], at=NOW).token

    assert "https://purl.imsglobal.org/spec/lti-dl/claim/data" not in _body(token)


def _body(token: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(from_base64url(token.split(".")[1]))
    return body
