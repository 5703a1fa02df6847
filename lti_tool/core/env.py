"""Read settings from the environment. A secret may come from `NAME` or from the file named by `NAME_FILE`."""

import os
from pathlib import Path


class SettingMissing(Exception):
    """A setting without a safe default is not set."""

    def __init__(self, name: str) -> None:
        super().__init__(f"Set {name}, or {name}_FILE to the path of a file that holds it.")


def text(name: str, default: str | None = None) -> str:
    """`NAME`, or the content of the file `NAME_FILE` names, or the default. Raises SettingMissing."""
    if name in os.environ:
        return os.environ[name]
    if f"{name}_FILE" in os.environ:
        return Path(os.environ[f"{name}_FILE"]).read_text(encoding="utf-8").strip()
    if default is None:
        raise SettingMissing(name)
    return default


def flag(name: str, default: bool) -> bool:
    """True for 1, true, yes, on in any case; False for 0, false, no, off or empty. Raises ValueError."""
    value = text(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"", "0", "false", "no", "off"}:
        return False
    raise ValueError(f"{name} must be yes or no, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number. Raises ValueError with the setting's name."""
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ValueError(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas, without blanks."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
