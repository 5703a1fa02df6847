"""A server keeps the key-encryption keys: what it refuses is told in words, and nothing it knows leaks."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lti_tool.core.errors import AttuneError, Transient
from lti_tool.vault import configured, wrapping
from lti_tool.vault import services as vault
from lti_tool.vault.errors import (
    KeyReplaced,
    KeyServerAway,
    KeyServerRefused,
    KeySettingBroken,
    WrongKey,
)
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.models import DataKey
from lti_tool.vault.secrets import SecretKey
from tests.factories.times import NOW
from tests.transit import TransitServer
from tests.transit.engine import NamedKey
from tests.transit.server import Token
from tests.unit.vault.conftest import ONE

pytestmark = pytest.mark.django_db


def test_a_data_key_is_wrapped_and_opened_by_the_server(transit: TransitServer) -> None:
    stored = vault.create_data_key(at=NOW)
    assert stored.kek_version == "transit:v1"
    assert bytes(stored.wrapped).startswith(b"vault:v1:")
    assert vault.open_data_key(stored) == vault.open_data_key(stored)


def test_many_keys_are_one_call(transit: TransitServer) -> None:
    stored = [vault.create_data_key(at=NOW) for _ in range(30)]
    transit.calls.clear()
    opened = vault.open_data_keys([key.pk for key in stored])
    assert len({key.reveal() for key in opened.values()}) == 30
    assert transit.calls == ["POST /v1/transit/decrypt/attune"]


def test_after_a_rotation_old_keys_open_and_new_ones_use_the_new_version(
    transit: TransitServer,
) -> None:
    key = SecretKey.new()
    old = wrapping.wrap(key)
    transit.engine.rotate("attune")
    assert wrapping.unwrap(old) == key
    assert wrapping.wrap(key).version == "transit:v2"


def test_rewrapping_never_lets_the_keys_out(transit: TransitServer) -> None:
    key = SecretKey.new()
    old = wrapping.wrap(key)
    transit.engine.rotate("attune")
    transit.calls.clear()
    [new] = configured.load().rewrap([old])
    assert new.version == "transit:v2"
    assert transit.calls == ["POST /v1/transit/rewrap/attune"]
    assert wrapping.unwrap(new) == key


def test_a_secret_of_the_tool_itself_goes_through_it_too(transit: TransitServer) -> None:
    sealed = vault.seal_small(b"private", binding=b"kid")
    assert vault.unseal_small(sealed, binding=b"kid") == b"private"
    assert not any("private" in body or "cHJpdmF0ZQ" in body for body in transit.bodies)


def test_the_namespace_is_named(kek: pytest.MonkeyPatch, transit: TransitServer) -> None:
    transit.tokens["of-a-namespace"] = Token(None, namespace="university/counseling")
    kek.setenv("ATTUNE_TRANSIT_TOKEN", "of-a-namespace")
    with pytest.raises(KeyServerRefused):
        wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_TRANSIT_NAMESPACE", "university/counseling")
    assert wrapping.wrap(SecretKey.new()).version == "transit:v1"


def test_a_renewed_token_is_used_without_a_restart(
    kek: pytest.MonkeyPatch, transit: TransitServer, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(transit.issue_token(lives_s=0) + "\n")
    kek.delenv("ATTUNE_TRANSIT_TOKEN")
    kek.setenv("ATTUNE_TRANSIT_TOKEN_FILE", str(file))
    with pytest.raises(KeyServerRefused, match="token"):
        wrapping.wrap(SecretKey.new())
    file.write_text(transit.issue_token() + "\n")
    wrapping.wrap(SecretKey.new())


def lose_the_key(server: TransitServer) -> None:
    del server.engine.keys["attune"]


def close_the_door(server: TransitServer) -> None:
    server.tokens.clear()


def seal(server: TransitServer) -> None:
    server.sealed = True


def overload(server: TransitServer) -> None:
    server.busy = True


def fall_asleep(server: TransitServer) -> None:
    server.delay_s = 2.0


def stand_by(server: TransitServer) -> None:
    server.standby_of = "http://127.0.0.1:1"


def retire_the_version(server: TransitServer) -> None:
    server.engine.rotate("attune")
    server.engine.configure("attune", {"min_decryption_version": 2})


def replace_the_key(server: TransitServer) -> None:
    server.engine.keys["attune"] = NamedKey()


@pytest.mark.parametrize(
    ("mishap", "error", "words"),
    [
        (lose_the_key, KeyServerRefused, "ATTUNE_TRANSIT_KEY"),
        (close_the_door, KeyServerRefused, "token"),
        (seal, KeyServerAway, "unseal"),
        (overload, KeyServerAway, "try again"),
        (fall_asleep, KeyServerAway, "try again"),
        (stand_by, KeyServerRefused, "active server"),
        (retire_the_version, WrongKey, "min_decryption_version"),
        (replace_the_key, WrongKey, "keyring"),
    ],
)
def test_what_went_wrong_is_said_with_what_to_do(
    transit: TransitServer,
    mishap: Callable[[TransitServer], None],
    error: type[AttuneError],
    words: str,
) -> None:
    wrapped = wrapping.wrap(SecretKey.new())
    mishap(transit)
    with pytest.raises(error) as caught:
        wrapping.unwrap(wrapped)
    assert words in caught.value.shown_next_step
    assert isinstance(caught.value, Transient) == (error is KeyServerAway)


def test_a_slow_server_is_not_waited_for_longer_than_was_set(transit: TransitServer) -> None:
    transit.delay_s = 5
    begun = time.monotonic()
    with pytest.raises(KeyServerAway):
        wrapping.wrap(SecretKey.new())
    assert time.monotonic() - begun < 3


def test_nobody_listening_is_worth_another_try(kek: pytest.MonkeyPatch, transit: TransitServer) -> None:
    kek.setenv("ATTUNE_TRANSIT_URL", "http://127.0.0.1:1")
    with pytest.raises(KeyServerAway):
        wrapping.wrap(SecretKey.new())


def test_another_mount_is_refused_in_words(kek: pytest.MonkeyPatch, transit: TransitServer) -> None:
    kek.setenv("ATTUNE_TRANSIT_TOKEN", transit.issue_token(None))
    kek.setenv("ATTUNE_TRANSIT_MOUNT", "elsewhere")
    with pytest.raises(KeyServerRefused, match="ATTUNE_TRANSIT_MOUNT"):
        wrapping.wrap(SecretKey.new())


def test_a_key_that_was_made_anew_under_the_old_name_wraps_nothing(
    transit: TransitServer, known_proofs: dict[str, object]
) -> None:
    """The engine makes a missing key for whoever may: then everything old is lost, and must not go on."""
    vault.create_data_key(at=NOW)
    replace_the_key(transit)
    known_proofs.clear()  # another process, or this one started again
    with pytest.raises(KeyReplaced):
        vault.create_data_key(at=NOW)
    assert DataKey.objects.count() == 1


def test_our_policy_cannot_make_a_key(transit: TransitServer) -> None:
    lose_the_key(transit)
    with pytest.raises(KeyServerRefused):
        wrapping.wrap(SecretKey.new())
    assert transit.engine.keys == {}


def test_one_broken_row_fails_the_call_and_shows_no_other(transit: TransitServer) -> None:
    good = wrapping.wrap(SecretKey(b"0123456789abcdef0123456789ABCDEF"))
    broken = WrappedKey(good.body[:-8] + b"AAAAAAA=", good.version)
    with pytest.raises(WrongKey) as caught:
        wrapping.unwrap_all([good, broken])
    assert caught.value.__context__ is None, "the client's own error holds the answer"
    with pytest.raises(WrongKey):
        configured.load().rewrap([good, broken])


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("ATTUNE_TRANSIT_URL", "http://vault.example.edu:8200", "https"),
        ("ATTUNE_TRANSIT_URL", "", "https"),
        ("ATTUNE_TRANSIT_TOKEN", None, "ATTUNE_TRANSIT_TOKEN_FILE"),
        ("ATTUNE_TRANSIT_SECONDS", "soon", "ATTUNE_TRANSIT_SECONDS"),
        ("ATTUNE_KEYRING", "shoebox", "local or transit"),
    ],
)
def test_a_setting_that_cannot_work_is_named(
    kek: pytest.MonkeyPatch, transit: TransitServer, setting: str, value: str | None, words: str
) -> None:
    if value is None:
        kek.delenv(setting)
    else:
        kek.setenv(setting, value)
    with pytest.raises(KeySettingBroken) as caught:
        configured.load()
    assert words in caught.value.shown_next_step
    assert transit.calls == []


def test_keys_move_into_the_server_and_out_again(kek: pytest.MonkeyPatch, transit: TransitServer) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    kek.setenv("ATTUNE_KEYRING", "local")
    key = SecretKey.new()
    local = wrapping.wrap(key)

    kek.setenv("ATTUNE_KEYRING", "transit")
    [moved] = wrapping.rewrap_all([local])
    assert (local.version, moved.version) == ("v1", "transit:v1")
    assert wrapping.unwrap_all([moved, local, moved]) == [key] * 3

    kek.setenv("ATTUNE_KEYRING", "local")
    [back] = wrapping.rewrap_all([moved])
    assert back.version == "v1"
    assert wrapping.unwrap(back) == key


def test_neither_a_proxy_nor_a_token_of_the_surroundings_is_used(
    kek: pytest.MonkeyPatch, transit: TransitServer
) -> None:
    kek.setenv("http_proxy", "http://127.0.0.1:1")
    kek.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    kek.setenv("VAULT_TOKEN", "another")
    kek.setenv("VAULT_ADDR", "http://127.0.0.1:1")
    kek.setenv("VAULT_NAMESPACE", "another")
    assert wrapping.wrap(SecretKey.new()).version == "transit:v1"
