"""Rewrapping reaches everything, changes only what is as it was read, and says what may go."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lti_tool.audit.models import Action, AuditEntry
from lti_tool.lti import services as lti
from lti_tool.lti.models import ToolKey
from lti_tool.vault import rewrapping, stores, wrapping
from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyDestroyed, KeyServerAway
from lti_tool.vault.models import DataKey, KeyProof
from tests.factories.times import NOW
from tests.transit import TransitServer
from tests.unit.vault.conftest import ONE, TWO, encoded

pytestmark = pytest.mark.django_db
BOTH = f"v2:{TWO},v1:{ONE}"


@pytest.fixture
def keys(kek: pytest.MonkeyPatch, monkeypatch: pytest.MonkeyPatch) -> list[DataKey]:
    """More than one batch of data keys and one tool key under v1; v2 is in use now."""
    monkeypatch.setattr(rewrapping, "BATCH", 4)
    kek.setenv("ATTUNE_KEK", ONE)
    lti.ensure_tool_key(at=NOW)
    made = [vault.create_data_key(at=NOW) for _ in range(10)]
    kek.setenv("ATTUNE_KEK", BOTH)
    return made


def rewrap(*options: str) -> str:
    said = StringIO()
    call_command("rewrap", *options, stdout=said)
    return said.getvalue()


def test_afterwards_everything_opens_without_the_old_key(
    keys: list[DataKey], kek: pytest.MonkeyPatch
) -> None:
    before = vault.open_data_keys([key.pk for key in keys])
    said = rewrap()
    kek.setenv("ATTUNE_KEK", f"v2:{TWO}")
    assert vault.open_data_keys([key.pk for key in keys]) == before
    assert lti.sign_as_tool(claims={"sub": "it still signs"}, at=NOW)
    assert "11 keys were rewrapped" in said
    assert "Nothing lies under v1 any more" in said


def test_a_dry_run_tells_and_touches_nothing(keys: list[DataKey]) -> None:
    said = rewrap("--dry-run")
    assert "v1: 10 data keys, 1 tool keys (private_sealed)" in said
    assert set(DataKey.objects.values_list("kek_version", flat=True)) == {"v1"}
    assert not AuditEntry.objects.filter(action=Action.KEYS_REWRAPPED).exists()


def test_a_second_run_finds_nothing_to_do(keys: list[DataKey]) -> None:
    rewrap()
    assert "0 keys were rewrapped" in rewrap()


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(
    kek: pytest.MonkeyPatch, keys: list[DataKey], transit_server: TransitServer
) -> None:
    kek.setenv("ATTUNE_TRANSIT_URL", transit_server.url)
    kek.setenv("ATTUNE_TRANSIT_TOKEN", transit_server.issue_token())
    kek.setenv("ATTUNE_KEYRING", "transit")

    def seal_after_the_first_batch(name: str, done: int) -> None:
        transit_server.sealed = True

    with pytest.raises(KeyServerAway, match="sealed"):
        rewrapping.rewrap(tell=seal_after_the_first_batch)
    assert DataKey.objects.filter(kek_version="transit:v1").count() == 4

    transit_server.sealed = False
    assert "7 keys were rewrapped" in rewrap()
    assert DataKey.objects.filter(kek_version="transit:v1").count() == 10


def test_a_server_that_is_away_is_told_in_words(transit: TransitServer) -> None:
    vault.create_data_key(at=NOW)
    transit.sealed = True
    with pytest.raises(CommandError, match="unseal"):
        rewrap()


def test_with_a_server_a_rotation_is_followed_by_one_call_a_batch(
    transit: TransitServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(10):
        vault.create_data_key(at=NOW)
    transit.engine.rotate("attune")
    transit.calls.clear()
    assert "Nothing lies under transit:v1 any more" in rewrap()
    transit.engine.configure("attune", {"min_decryption_version": 2})
    vault.open_data_keys(DataKey.objects.values_list("pk", flat=True))
    assert transit.calls.count("POST /v1/transit/rewrap/attune") == 1


def test_a_destroyed_key_is_not_brought_back(keys: list[DataKey]) -> None:
    """Destroyed between the reading of its row and the writing."""
    [row, *_] = stores.DataKeys().page(after=0, size=1)
    [new] = wrapping.rewrap_all([row.key])
    vault.destroy_data_key(keys[0], at=NOW)

    assert not stores.DataKeys().replace(row, new)
    with pytest.raises(KeyDestroyed):
        vault.open_data_key(keys[0])
    assert bytes(DataKey.objects.get(pk=keys[0].pk).wrapped) == b""


def test_a_secret_that_was_sealed_anew_meanwhile_stays_as_it_is(keys: list[DataKey]) -> None:
    column = stores.PackedColumn(ToolKey, "private_sealed")
    [row] = column.page(after=0, size=1)
    [new] = wrapping.rewrap_all([row.key])
    ToolKey.objects.update(private_sealed=vault.seal_small(b"newer", binding=b"kid"))
    assert not column.replace(row, new)
    assert vault.unseal_small(ToolKey.objects.get().private_sealed, binding=b"kid") == b"newer"


def test_one_that_does_not_open_keeps_no_other_waiting(keys: list[DataKey]) -> None:
    DataKey.objects.filter(pk=keys[5].pk).update(wrapped=bytes(60))
    DataKey.objects.filter(pk=keys[6].pk).update(kek_version="v0")
    with pytest.raises(CommandError, match="2 data keys"):
        rewrap()
    assert DataKey.objects.filter(kek_version="v2").count() == 8


def test_with_a_server_too_one_that_does_not_open_keeps_no_other_waiting(transit: TransitServer) -> None:
    keys = [vault.create_data_key(at=NOW) for _ in range(5)]
    DataKey.objects.filter(pk=keys[2].pk).update(wrapped=bytes(keys[2].wrapped)[:-8] + b"AAAAAAA=")
    transit.engine.rotate("attune")
    with pytest.raises(CommandError, match="1 data keys"):
        rewrap()
    assert DataKey.objects.filter(kek_version="transit:v2").count() == 4


def test_nothing_is_rewrapped_with_a_key_that_took_over_a_name(
    keys: list[DataKey], kek: pytest.MonkeyPatch, known_proofs: dict[str, object]
) -> None:
    vault.create_data_key(at=NOW)  # v2 leaves its proof
    kek.setenv("ATTUNE_KEK", f"v2:{encoded(b'3')},v1:{ONE}")
    with pytest.raises(CommandError, match="v2:NEW,v1:OLD"):
        rewrap()
    assert DataKey.objects.filter(kek_version="v1").count() == 10


def test_the_proof_of_a_version_stays_as_long_as_anything_does(keys: list[DataKey]) -> None:
    DataKey.objects.filter(pk=keys[5].pk).update(wrapped=bytes(60))
    with pytest.raises(CommandError):
        rewrap()
    assert KeyProof.objects.filter(version="v1").exists()
    vault.destroy_data_key(keys[5], at=NOW)
    assert "Nothing lies under v1 any more" in rewrap()
    assert not KeyProof.objects.filter(version="v1").exists()


def test_both_ends_are_audited(keys: list[DataKey]) -> None:
    rewrap()
    entries = AuditEntry.objects.filter(action=Action.KEYS_REWRAPPED)
    assert [(entry.subject, entry.purpose) for entry in entries] == [
        ("keys", "begun"),
        ("keys", "changed:11"),
        ("keys", "not opened:0"),
    ]


def test_every_column_that_holds_a_wrapped_key_is_known() -> None:
    assert {store.name for store in stores.stores()} == {
        "authenticators (secret_sealed)",
        "data keys",
        "tool keys (private_sealed)",
        "deep linking requests (sealed)",
        "receipts (sealed)",
        "snippets (spool_key)",
    }
