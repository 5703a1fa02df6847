"""Another key under a known name is noticed before anything is wrapped with it."""

import pytest
from django.core.checks import CheckMessage, run_checks

from lti_tool.vault import configured, proof, wrapping
from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyReplaced
from lti_tool.vault.models import DataKey, KeyProof
from lti_tool.vault.secrets import SecretKey
from tests.factories.times import NOW
from tests.transit import TransitServer
from tests.unit.vault.conftest import ONE, TWO

pytestmark = pytest.mark.django_db


def found() -> list[CheckMessage]:
    checked = run_checks(databases=["default"])
    return [message for message in checked if str(message.id).startswith("vault.")]


def ids() -> list[str | None]:
    return [message.id for message in found()]


def test_the_first_key_of_a_version_leaves_one_proof(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    for _ in range(3):
        wrapping.wrap(SecretKey.new())
    assert KeyProof.objects.get().version == "v1"


def test_another_key_under_the_same_name_wraps_nothing(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    vault.create_data_key(at=NOW)
    kek.setenv("ATTUNE_KEK", TWO)
    with pytest.raises(KeyReplaced, match="v1") as caught:
        vault.create_data_key(at=NOW)
    assert "v2:NEW,v1:OLD" in caught.value.shown_next_step
    assert DataKey.objects.count() == 1


def test_the_right_key_put_back_goes_on_working(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_KEK", TWO)
    with pytest.raises(KeyReplaced):
        wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_KEK", ONE)
    wrapping.wrap(SecretKey.new())


def test_a_new_version_has_a_proof_of_its_own(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_KEK", f"v2:{TWO},v1:{ONE}")
    wrapping.wrap(SecretKey.new())
    assert set(KeyProof.objects.values_list("version", flat=True)) == {"v1", "v2"}


def test_a_proof_that_was_not_committed_is_not_believed(
    kek: pytest.MonkeyPatch, known_proofs: dict[str, object]
) -> None:
    """Only what others can see counts: or else each process could go by a key of its own."""
    kek.setenv("ATTUNE_KEK", ONE)
    wrapping.wrap(SecretKey.new())  # inside the test's transaction, which is never committed
    assert known_proofs == {}


def test_a_proof_of_another_version_is_no_proof(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", f"v1:{ONE},v2:{TWO}")
    wrapping.wrap(SecretKey.new())
    KeyProof.objects.update(version="v2")
    with pytest.raises(KeyReplaced):
        proof.verify(configured.load(), KeyProof.objects.get())


def test_before_anything_was_wrapped_there_is_nothing_to_find(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    assert ids() == []


def test_the_check_finds_a_replaced_key(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    vault.create_data_key(at=NOW)
    assert ids() == []
    kek.setenv("ATTUNE_KEK", TWO)
    assert ids() == ["vault.E003"]


def test_the_check_finds_a_lost_key_as_long_as_something_needs_it(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    stored = vault.create_data_key(at=NOW)
    kek.setenv("ATTUNE_KEK", f"v2:{TWO}")
    assert ids() == ["vault.E005"]
    assert "'v1'" in found()[0].msg
    vault.destroy_data_key(stored, at=NOW)
    assert ids() == []


def test_the_check_finds_a_server_that_does_not_open(transit: TransitServer) -> None:
    assert ids() == []
    transit.sealed = True
    assert ids() == ["vault.E004"]
    assert "unseal" in str(found()[0].hint)


def test_a_broken_setting_is_told_once(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", "short")
    assert ids() == ["vault.E002"]
