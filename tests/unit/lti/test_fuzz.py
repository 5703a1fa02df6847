"""Random and mutated tokens: each is refused with a reason, or believed because nothing in it changed."""

import json
import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lti_tool.lti.protocol.refusals import LaunchRefused
from tests.platform.claims import Message
from tests.platform.keys import compact
from tests.unit.lti.voices import Voice

SMALL = settings(
    max_examples=int(os.environ.get("FUZZ", "150")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)


def _is_refused(voice: Voice, token: str) -> bool:
    try:
        voice.hear(token)
    except LaunchRefused:
        return True
    return False


@SMALL
@given(token=st.text() | st.from_regex(r"[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*", fullmatch=True))
def test_noise_is_refused(voice: Voice, token: str) -> None:
    assert _is_refused(voice, token)


@SMALL
@given(data=st.data())
def test_a_token_with_one_changed_character_is_refused_or_means_the_same(
    voice: Voice, data: st.DataObject
) -> None:
    token = voice.platform.id_token("student")
    place = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.characters())
    mutated = token[:place] + character + token[place + 1 :]

    if not _is_refused(voice, mutated):
        # The last character of a segment carries bits that no decoder reads.
        assert voice.hear(mutated) == voice.hear(token)


@SMALL
@given(header=JSON, body=JSON)
def test_signed_nonsense_is_refused(voice: Voice, header: object, body: object) -> None:
    assert _is_refused(voice, compact(header, body, voice.platform.key.sign))


@SMALL
@given(data=st.data(), message=st.sampled_from(Message))
def test_a_signed_claim_of_any_shape_is_refused_or_read(
    voice: Voice, data: st.DataObject, message: Message
) -> None:
    launched = voice.platform.launch("student", message=message)
    claims = launched._claims("nonce", int(voice.now.timestamp()))
    name = data.draw(st.sampled_from(sorted(claims)))
    claims[name] = data.draw(JSON)
    header = {"alg": "RS256", "kid": voice.platform.key.kid}

    try:
        launch = voice.hear(compact(header, claims, voice.platform.key.sign))
    except LaunchRefused:
        return
    json.dumps([launch.sub, launch.name, launch.roles, launch.locale]).encode()
    json.dumps(launch.placement.as_custom())
