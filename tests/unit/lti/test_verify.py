"""The strict verifier at its edges. The whole table of refusals is tried over HTTP in tests/conformance."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.signature import signed_claims
from tests.platform.keys import compact, encode_segment
from tests.platform.launches import ABSENT
from tests.platform.people import COURSE, LEARNER
from tests.unit.lti.voices import Voice


def _reason(voice: Voice, token: str, **how: Any) -> Reason:  # noqa: ANN401
    with pytest.raises(LaunchRefused) as refused:
        voice.hear(token, **how)
    return refused.value.reason


def test_a_good_launch_says_who_where_and_in_which_role(voice: Voice) -> None:
    launch = voice.say(name="Amina Okafor")

    assert launch.sub == "student-01"
    assert launch.name == "Amina Okafor"
    assert LEARNER in launch.roles
    assert launch.context is not None
    assert (launch.context.id, launch.context.title) == (COURSE.context_id, COURSE.title)
    assert launch.resource_link is not None
    assert launch.resource_link.id == "link-attune"
    assert launch.locale == "en"


@pytest.mark.parametrize("blocked", [None, ABSENT, 7, ["a"]])
def test_a_name_that_is_no_text_is_no_name(voice: Voice, blocked: object) -> None:
    assert voice.say(name=blocked).name == ""


def test_a_token_is_good_until_a_minute_after_its_expiry(voice: Voice) -> None:
    token = voice.platform.id_token("student")

    voice.hear(token, later=timedelta(seconds=60 + 59))
    assert _reason(voice, token, later=timedelta(seconds=60 + 60)) is Reason.EXPIRED


def test_a_clock_may_be_a_minute_ahead_and_no_more(voice: Voice) -> None:
    token = voice.platform.id_token("student")

    voice.hear(token, later=timedelta(seconds=-60))
    assert _reason(voice, token, later=timedelta(seconds=-61)) is Reason.ISSUED_IN_FUTURE


@pytest.mark.parametrize("moment", [True, "1", None, 10**400, [1]])
def test_a_time_that_is_no_number_is_no_time(voice: Voice, moment: object) -> None:
    token = voice.platform.id_token("student", exp=moment)

    assert _reason(voice, token) is Reason.EXPIRY_MISSING


def test_a_not_before_that_is_no_number_is_refused(voice: Voice) -> None:
    assert _reason(voice, voice.platform.id_token("student", nbf="soon")) is Reason.NOT_YET_VALID


def test_a_foreign_authorized_party_is_refused_even_beside_a_single_audience(voice: Voice) -> None:
    token = voice.platform.id_token("student", azp="another-tool")

    assert _reason(voice, token) is Reason.AUTHORIZED_PARTY_WRONG


@pytest.mark.parametrize("nasty", ["a\x00b", "half \ud800", "line\nbreak", " " * 256])
def test_an_id_that_a_database_cannot_keep_is_refused(voice: Voice, nasty: str) -> None:
    assert _reason(voice, voice.platform.id_token("student", sub=nasty)) is Reason.SUBJECT_MALFORMED
    assert _reason(voice, voice.platform.id_token("student", roles=[nasty])) is Reason.ROLES_MALFORMED


def test_a_title_loses_what_a_database_cannot_keep(voice: Voice) -> None:
    launch = voice.say(context={"id": "c1", "title": "Sta\x00tis\ud800tics" + "s" * 300})

    assert launch.context is not None
    assert launch.context.title == ("Statistics" + "s" * 300)[:255]


@pytest.mark.parametrize("context", [{}, [], "c1", {"id": 7}, {"id": "x" * 256}])
def test_a_course_without_a_proper_id_is_refused(voice: Voice, context: object) -> None:
    assert _reason(voice, voice.platform.id_token("student", context=context)) is Reason.CONTEXT_MALFORMED


def test_a_target_on_our_host_with_another_port_is_foreign(voice: Voice) -> None:
    token = voice.platform.id_token("student", target_link_uri="http://localhost:8001/lti/launch/")

    assert _reason(voice, token) is Reason.TARGET_FOREIGN


@pytest.mark.parametrize(
    "header",
    [
        [],
        {"alg": "RS256", "kid": "k", "crit": ["exp"]},
        "text",
    ],
)
def test_a_header_of_the_wrong_shape_is_unreadable(voice: Voice, header: object) -> None:
    token = compact(header, {}, voice.platform.key.sign)

    assert _reason(voice, token) is Reason.TOKEN_UNREADABLE


@pytest.mark.parametrize("kid", [None, 7, "", ["a"], {}])
def test_a_key_id_is_a_text(voice: Voice, kid: object) -> None:
    token = compact({"alg": "RS256", "kid": kid}, {}, voice.platform.key.sign)

    assert _reason(voice, token) is Reason.KEY_ID_MISSING


@pytest.mark.parametrize(
    "token",
    ["", ".", "..", "a.b", "a.b.c.d", "ä.b.c", "a b.c.d", "a.b.c\n", "=.=.=", "x" * 70_000 + ".b.c"],
)
def test_what_is_no_compact_token_is_unreadable(voice: Voice, token: str) -> None:
    assert _reason(voice, token) is Reason.TOKEN_UNREADABLE


def test_a_deeply_nested_header_is_unreadable_and_no_fault(voice: Voice) -> None:
    nested = base64.urlsafe_b64encode(b"[" * 40_000).rstrip(b"=").decode()

    assert _reason(voice, f"{nested}.e30.AA") is Reason.TOKEN_UNREADABLE


@pytest.mark.parametrize("body", [b"{", b"NaN", b'{"exp": Infinity}', b"\xff", b"1" * 5000])
def test_a_signed_body_that_is_no_json_is_unreadable(voice: Voice, body: bytes) -> None:
    key = voice.platform.key
    signed = f"{encode_segment({'alg': 'RS256', 'kid': key.kid})}.{_segment(body)}"

    assert _reason(voice, f"{signed}.{_segment(key.sign(signed.encode()))}") is Reason.TOKEN_UNREADABLE


@pytest.mark.parametrize(
    "changed",
    [
        {"kty": "EC"},
        {"use": "enc"},
        {"alg": "RS512"},
        {"n": None},
        {"n": "AQAB"},
        {"n": "!!"},
        {"e": 3},
        {"e": ""},
    ],
)
def test_a_key_of_another_kind_is_not_trusted(voice: Voice, changed: dict[str, object]) -> None:
    token = voice.platform.id_token("student")
    jwk = voice.platform.key.public_jwk() | changed

    with pytest.raises(LaunchRefused) as refused:
        signed_claims(token, lambda kid: jwk)
    assert refused.value.reason is Reason.KEY_NOT_TRUSTED


def test_a_key_may_leave_use_and_algorithm_unsaid(voice: Voice) -> None:
    jwk = voice.platform.key.public_jwk()
    del jwk["use"], jwk["alg"]

    assert signed_claims(voice.platform.id_token("student"), lambda kid: jwk)["sub"] == "student-01"


def test_every_reason_says_what_happened_and_what_to_do() -> None:
    for reason in Reason:
        error = LaunchRefused(reason)
        assert error.shown_message.endswith(".")
        assert error.shown_next_step.endswith(".")
        assert error.shown_code == f"launch_refused.{reason.code}"
    json.dumps([reason.code for reason in Reason])


def _segment(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
