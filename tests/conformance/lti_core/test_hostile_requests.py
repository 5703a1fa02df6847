"""Requests that no platform sends: each is answered with a refusal, never with a fault or a session."""

import base64
import os

import pytest
from django.contrib.sessions.models import Session
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conformance.visitor import Visitor

TEXT = st.text(max_size=200)
TOKENS = TEXT | st.from_regex(
    r"[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}\.[A-Za-z0-9_-]{0,40}", fullmatch=True
)
FEW = settings(
    max_examples=int(os.environ.get("FUZZ", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@FEW
@given(token=TOKENS)
def test_any_token_with_a_good_state_is_refused(visitor: Visitor, token: str) -> None:
    state = visitor.start(visitor.platform.launch("student"))["state"]

    assert _status(visitor, {"id_token": token, "state": state}) == 403


@FEW
@given(data=st.data())
def test_a_token_with_changed_characters_is_refused_or_means_the_same(
    visitor: Visitor, data: st.DataObject
) -> None:
    launch = visitor.platform.launch("student")
    form = dict(visitor.platform.answer(launch, visitor.start(launch)))
    start, changed = data.draw(st.integers(0, len(form["id_token"]) - 1)), data.draw(st.text(max_size=4))
    token = form["id_token"][:start] + changed + form["id_token"][start + len(changed) :]

    status = visitor.client.post("/lti/launch/", {**form, "id_token": token}).status_code

    # Only base64's unread last bits may change: then every claim is still what the platform signed.
    assert status == 403 or (status == 302 and _decoded(token) == _decoded(form["id_token"]))


@FEW
@given(fields=st.dictionaries(st.sampled_from(["id_token", "state", "error", "x"]), TEXT))
def test_any_form_is_refused(visitor: Visitor, fields: dict[str, str]) -> None:
    assert _status(visitor, fields) == 403


@FEW
@given(
    fields=st.dictionaries(
        st.sampled_from(["iss", "client_id", "login_hint", "target_link_uri", "lti_message_hint"]), TEXT
    )
)
def test_any_login_is_refused(visitor: Visitor, fields: dict[str, str]) -> None:
    assert visitor.client.post("/lti/login/", fields).status_code == 403


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_only_a_form_can_launch(visitor: Visitor, method: str) -> None:
    assert getattr(visitor.client, method)("/lti/launch/").status_code == 403


def test_a_token_of_a_megabyte_is_refused(visitor: Visitor) -> None:
    state = visitor.start(visitor.platform.launch("student"))["state"]

    assert _status(visitor, {"id_token": "e30." + "A" * 2**20 + ".AA", "state": state}) == 403


def test_a_form_that_is_larger_than_we_read_is_refused(visitor: Visitor) -> None:
    body = b"id_token=" + b"A" * 7 * 2**20
    form = "application/x-www-form-urlencoded"

    assert visitor.client.post("/lti/launch/", body, content_type=form).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=\x00", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"{}", "application/json"),
        (b"id_token=a&state=b", "application/x-www-form-urlencoded; charset=nonsense"),
    ],
)
def test_a_body_that_is_no_form_is_refused(visitor: Visitor, body: bytes, kind: str) -> None:
    for path in ("/lti/launch/", "/lti/login/"):
        assert visitor.client.generic("POST", path, body, content_type=kind).status_code in {400, 403}


@pytest.mark.parametrize("path", ["/l/x/", "/l/-/", "/lti/enter/x/", "/l/%00/", "/l/" + "x" * 3000 + "/"])
def test_a_guessed_address_opens_nothing(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path).status_code in {403, 404}
    assert not Session.objects.exists()


def _decoded(token: str) -> list[bytes]:
    return [base64.urlsafe_b64decode(part + "==") for part in token.split(".")]


def _status(visitor: Visitor, fields: dict[str, str]) -> int:
    status: int = visitor.client.post("/lti/launch/", fields).status_code
    assert not Session.objects.exists()
    return status
