"""Settings from the environment and from files."""

from pathlib import Path

import pytest

from lti_tool.core import env


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    monkeypatch.delenv("ATTUNE_X", raising=False)
    monkeypatch.setenv("ATTUNE_X_FILE", str(tmp_path / "secret"))

    assert env.text("ATTUNE_X") == "from a file"


def test_what_has_no_default_must_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATTUNE_X", raising=False)

    with pytest.raises(env.SettingMissing, match="ATTUNE_X_FILE"):
        env.text("ATTUNE_X")


@pytest.mark.parametrize(("text", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_flag_reads_the_usual_words(monkeypatch: pytest.MonkeyPatch, text: str, value: bool) -> None:
    monkeypatch.setenv("ATTUNE_X", text)

    assert env.flag("ATTUNE_X", default=not value) is value


def test_a_flag_that_is_neither_yes_nor_no_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_X", "maybe")

    with pytest.raises(ValueError, match="ATTUNE_X must be yes or no"):
        env.flag("ATTUNE_X", default=False)


def test_a_number_that_is_none_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_X", "ten")

    with pytest.raises(ValueError, match="ATTUNE_X must be a whole number"):
        env.number("ATTUNE_X", 10)


def test_words_lose_their_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTUNE_X", " a.example, ,b.example ")

    assert env.words("ATTUNE_X") == ["a.example", "b.example"]
