"""Read key-encryption keys from a file, or a folder of them, that nobody else can read. Knows no keys."""

import os
import stat
from pathlib import Path

from lti_tool.core.words import gettext as _
from lti_tool.vault.errors import KeySettingBroken

CURRENT = "current"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def read(path: Path, *, shared: bool) -> str:
    """The keys as text, the one in use first. Raises KeySettingBroken.

    A folder holds one file a version, named for it, and one named `current` that names the version in use.
    shared: others on this machine may read them (a container in which nobody else lives).
    """
    try:
        return _read_folder(path, shared=shared) if path.is_dir() else _read_file(path, shared=shared)
    except (OSError, UnicodeDecodeError) as error:
        raise KeySettingBroken(
            _("The key file %(path)s cannot be read: %(error)s.")
            % {"path": path, "error": type(error).__name__},
            next_step=_("Let ATTUNE_KEK_FILE name a file that the user of this process can read."),
        ) from None


def _read_folder(folder: Path, *, shared: bool) -> str:
    _require_closed(folder.stat(), folder, _OTHERS_WRITE)
    names = {file.name for file in folder.iterdir() if not file.name.startswith(".") and file.is_file()}
    current = _read_file(folder / CURRENT, shared=shared) if CURRENT in names else ""
    others = sorted(names - {CURRENT, current})
    if current not in names - {CURRENT}:
        raise KeySettingBroken(
            _("The folder %(folder)s does not say which key is in use.") % {"folder": folder},
            next_step=_("Write the name of a key file beside it into %(file)s.") % {"file": folder / CURRENT},
        )
    return ",".join(f"{name}:{_read_file(folder / name, shared=shared)}" for name in (current, *others))


def _read_file(path: Path, *, shared: bool) -> str:
    with path.open(encoding="utf-8") as file:
        # Of the file that is read, whatever lies under that name a moment later.
        _require_closed(os.fstat(file.fileno()), path, _OTHERS_WRITE if shared else _OTHERS)
        return file.read().strip()


def _require_closed(found: os.stat_result, path: Path, forbidden: int) -> None:
    if found.st_mode & forbidden:
        raise KeySettingBroken(
            _("%(path)s is open to others than its owner (mode %(mode)o).")
            % {"path": path, "mode": stat.S_IMODE(found.st_mode)},
            next_step=_("chmod go-rwx %(path)s. In a container of our own alone: ATTUNE_KEK_FILE_SHARED=yes")
            % {"path": path},
        )
