"""Key-encryption keys come from the setting, and a wrong one fails loudly."""

import base64
import traceback
from pathlib import Path

import pytest
from django.core.checks import run_checks

from lti_tool.vault import configured, local_keys, wrapping
from lti_tool.vault import services as vault
from lti_tool.vault.errors import KeyDestroyed, KeySettingBroken, SealBroken, WrongKey
from lti_tool.vault.secrets import SecretKey
from tests.unit.vault.conftest import ONE, TWO

pytestmark = pytest.mark.django_db


def test_a_key_without_a_version_is_v1() -> None:
    assert local_keys.parse(ONE).current == "v1"


def test_the_first_of_several_keys_is_the_current_one() -> None:
    ring = local_keys.parse(f"v2:{TWO}, v1:{ONE}\n")
    assert ring.current == "v2"
    assert set(ring.keys) == {"v1", "v2"}


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "not base64!",
        base64.b64encode(bytes(31)).decode(),
        base64.b64encode(bytes(64)).decode(),
        f"v1:{ONE},v1:{TWO}",
        f"v2:{TWO},",
        f":{ONE}",
        f"a version:{ONE}",
        f"{'v' * 41}:{ONE}",
    ],
)
def test_a_broken_setting_is_refused_without_being_repeated(setting: str) -> None:
    with pytest.raises(KeySettingBroken) as caught:
        local_keys.parse(setting)
    report = "".join(traceback.format_exception(caught.value))
    assert ONE not in report
    assert TWO not in report


def test_the_key_may_come_from_a_file(kek: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "kek"
    file.write_text(f"v7:{ONE}\n")
    file.chmod(0o600)
    kek.setenv("ATTUNE_KEK_FILE", str(file))
    assert configured.load().current_version() == "v7"


def test_without_a_key_nothing_is_wrapped(kek: pytest.MonkeyPatch) -> None:
    with pytest.raises(KeySettingBroken):
        wrapping.wrap(SecretKey.new())


def test_after_a_rotation_old_keys_still_open_and_new_ones_use_the_new_key(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    key = SecretKey.new()
    old = wrapping.wrap(key)

    kek.setenv("ATTUNE_KEK", f"v2:{TWO},v1:{ONE}")

    assert old[1] == "v1"
    assert wrapping.unwrap(old) == key
    assert wrapping.wrap(key)[1] == "v2"


def test_a_lost_version_fails_loudly(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    wrapped = wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_KEK", f"v2:{TWO}")
    with pytest.raises(WrongKey, match="v1"):
        wrapping.unwrap(wrapped)


def test_another_key_under_the_same_version_fails_loudly(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    wrapped = wrapping.wrap(SecretKey.new())
    kek.setenv("ATTUNE_KEK", TWO)
    with pytest.raises(WrongKey):
        wrapping.unwrap(wrapped)


def test_a_small_secret_is_sealed_with_its_version_and_place(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    sealed = vault.seal_small(b"private key", binding=b"kid-1")
    kek.setenv("ATTUNE_KEK", f"v2:{TWO},v1:{ONE}")

    assert vault.unseal_small(sealed, binding=b"kid-1") == b"private key"
    with pytest.raises(SealBroken):
        vault.unseal_small(sealed, binding=b"kid-2")
    with pytest.raises(SealBroken):
        vault.unseal_small(b"", binding=b"kid-1")


def test_an_ephemeral_key_is_gone_when_either_half_is(kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", ONE)
    key, wrapped = vault.new_wrapped_key()

    assert vault.unwrap_ephemeral(memoryview(wrapped)) == key
    with pytest.raises(KeyDestroyed):
        vault.unwrap_ephemeral(b"")
    kek.setenv("ATTUNE_KEK", f"v2:{TWO}")
    with pytest.raises(WrongKey):
        vault.unwrap_ephemeral(wrapped)


@pytest.mark.parametrize(
    ("setting", "expected"), [(None, ["vault.E001"]), ("short", ["vault.E002"]), (ONE, [])]
)
def test_a_system_check_says_what_to_set(
    kek: pytest.MonkeyPatch, setting: str | None, expected: list[str]
) -> None:
    if setting is not None:
        kek.setenv("ATTUNE_KEK", setting)
    found = [message for message in run_checks() if str(message.id).startswith("vault.")]
    assert [message.id for message in found] == expected
    assert all("openssl rand" in (message.hint or "") for message in found)
