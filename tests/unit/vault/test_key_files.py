"""Keys in files: only in such as nobody else can read."""

from pathlib import Path

import pytest

from lti_tool.vault import configured
from lti_tool.vault.errors import KeySettingBroken
from tests.unit.vault.conftest import ONE, TWO


@pytest.fixture
def file(kek: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "kek"
    path.write_text(f"{ONE}\n")
    path.chmod(0o600)
    kek.setenv("ATTUNE_KEK_FILE", str(path))
    return path


@pytest.fixture
def folder(kek: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Two versions, of which v2 is in use."""
    path = tmp_path / "keys"
    path.mkdir(mode=0o700)
    for name, text in (("v1", ONE), ("v2", TWO), ("current", "v2")):
        (path / name).write_text(f"{text}\n")
        (path / name).chmod(0o600)
    kek.setenv("ATTUNE_KEK_FILE", str(path))
    return path


def refused() -> KeySettingBroken:
    with pytest.raises(KeySettingBroken) as caught:
        configured.load()
    assert ONE not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_file_of_its_owner_alone_is_read(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert configured.load().current_version() == "v1"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644, 0o666])
def test_a_file_that_is_open_to_others_is_refused(file: Path, mode: int) -> None:
    file.chmod(mode)
    assert f"{mode:o}" in str(refused())
    assert "chmod" in refused().shown_next_step


def test_in_a_container_of_our_own_others_may_read_and_not_write(file: Path, kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK_FILE_SHARED", "yes")
    file.chmod(0o444)
    assert configured.load().current_version() == "v1"
    file.chmod(0o646)
    assert "646" in str(refused())


def test_a_link_to_an_open_file_does_not_hide_it(file: Path, kek: pytest.MonkeyPatch) -> None:
    file.chmod(0o644)
    link = file.with_name("link")
    link.symlink_to(file)
    kek.setenv("ATTUNE_KEK_FILE", str(link))
    assert "644" in str(refused())


def test_a_file_that_is_not_there_is_named(file: Path) -> None:
    file.unlink()
    assert str(file) in str(refused())


def test_in_a_folder_each_version_is_a_file(folder: Path) -> None:
    ring = configured.load()
    assert ring.current_version() == "v2"
    assert ring.holds("v1")


def test_the_version_in_use_changes_without_a_restart(folder: Path) -> None:
    (folder / "current").write_text("v1")
    assert configured.load().current_version() == "v1"


def test_a_folder_into_which_others_may_write_is_refused(folder: Path) -> None:
    folder.chmod(0o770)
    assert "770" in str(refused())


def test_an_open_file_in_a_closed_folder_is_refused(folder: Path) -> None:
    (folder / "v1").chmod(0o644)
    assert "644" in str(refused())


@pytest.mark.parametrize("text", ["v3", ""])
def test_a_folder_must_say_which_version_is_in_use(folder: Path, text: str) -> None:
    (folder / "current").write_text(text)
    assert "which key is in use" in str(refused())


def test_what_an_orchestrator_keeps_beside_the_keys_is_left_alone(folder: Path) -> None:
    (folder / "..data").mkdir()
    assert configured.load().current_version() == "v2"


def test_the_setting_itself_goes_before_the_file(file: Path, kek: pytest.MonkeyPatch) -> None:
    kek.setenv("ATTUNE_KEK", f"v9:{TWO}")
    assert configured.load().current_version() == "v9"
