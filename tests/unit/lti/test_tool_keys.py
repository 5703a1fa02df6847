"""The tool's keys in the database and at their address: rotated with overlap, or at once."""

from datetime import timedelta
from io import StringIO

import jwt
import pytest
from django.core.management import call_command
from django.test import Client

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.core.clock import now
from lti_tool.lti import services
from lti_tool.lti.models import ToolKey
from lti_tool.lti.protocol.key_schedule import AFTER, AHEAD
from lti_tool.lti.selectors import published_keys
from tests.factories.times import NOW

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


def test_a_new_key_is_published_before_it_signs_and_the_old_one_after_it_did() -> None:
    old = services.ensure_tool_key(at=NOW)
    new = services.rotate_tool_keys(at=NOW + MOMENT)
    takes_over = NOW + MOMENT + AHEAD

    assert services.ensure_tool_key(at=takes_over - MOMENT) == old
    assert services.ensure_tool_key(at=takes_over) == new
    for at in (NOW + MOMENT, takes_over, takes_over + AFTER - MOMENT):
        assert [key["kid"] for key in published_keys(at)] == [new.kid, old.kid]
    assert published_keys(takes_over + AFTER) == [new.public_jwk]


def test_the_next_rotation_destroys_what_is_over() -> None:
    old = services.ensure_tool_key(at=NOW)
    services.rotate_tool_keys(at=NOW + MOMENT)

    services.rotate_tool_keys(at=NOW + AHEAD + AFTER + 2 * MOMENT)

    assert not ToolKey.objects.filter(kid=old.kid).exists()
    assert ToolKey.objects.count() == 2


def test_a_key_that_somebody_may_know_goes_at_once() -> None:
    services.ensure_tool_key(at=NOW)

    new = services.rotate_tool_keys(at=NOW + MOMENT, at_once=True)

    assert published_keys(NOW + MOMENT) == [new.public_jwk]
    assert services.ensure_tool_key(at=NOW + MOMENT) == new


def test_the_first_key_is_written_down_once() -> None:
    made = {services.ensure_tool_key(at=NOW).kid for _ in range(2)}

    entries = AuditEntry.objects.values_list("actor", "action", "subject")
    assert list(entries) == [("system", Action.TOOL_KEY_MADE, f"tool-key:{kid}") for kid in made]


def test_a_rotation_is_written_down() -> None:
    made = services.rotate_tool_keys(at=NOW)

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject) == (Action.TOOL_KEYS_ROTATED, f"tool-key:{made.kid}")
    assert entry.purpose == "with overlap"


@pytest.mark.spec("1EdTech Security Framework 1.0", "6.3")
def test_what_we_sign_is_known_by_the_key_set_across_a_rotation(client: Client) -> None:
    claims = {"iss": "attune", "iat": 1}
    tokens = [services.sign_as_tool(claims=claims, at=now())]
    call_command("rotate_tool_keys", stdout=StringIO())
    tokens.append(services.sign_as_tool(claims=claims, at=now() + AHEAD))

    keys = jwt.PyJWKSet.from_dict(client.get("/lti/jwks/").json())

    kids = [jwt.get_unverified_header(token)["kid"] for token in tokens]
    assert len(set(kids)) == 2
    for token, kid in zip(tokens, kids, strict=True):
        assert jwt.decode(token, keys[kid], algorithms=["RS256"]) == claims


def test_the_private_part_is_not_kept_in_clear() -> None:
    key = services.ensure_tool_key(at=NOW)

    assert b"PRIVATE KEY" not in bytes(key.private_sealed)


@pytest.mark.parametrize(
    ("has_one", "options", "waits"),
    [(True, [], AHEAD), (True, ["--at-once"], timedelta()), (False, [], timedelta())],
)
def test_the_command_says_from_when_the_new_key_signs(
    has_one: bool, options: list[str], waits: timedelta
) -> None:
    said, at = StringIO(), now()
    if has_one:
        services.ensure_tool_key(at=at - timedelta(days=2))

    call_command("rotate_tool_keys", *options, stdout=said)

    assert f"signs from {at + waits:%Y-%m-%d}" in said.getvalue()
