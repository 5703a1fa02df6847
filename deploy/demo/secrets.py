"""The demonstration's own secrets: made once, in files that only their owner can read. None has a default."""

import base64
import os
import secrets
from collections.abc import Mapping
from pathlib import Path


def secret_files(folder: Path, outer: Mapping[str, str]) -> dict[str, str]:
    """The environment that names the secret files. A secret that `outer` sets is left alone."""
    made = {
        "ATTUNE_SECRET_KEY": secrets.token_urlsafe(50),
        "ATTUNE_KEK": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    return {
        f"{name}_FILE": str(_keep(folder / name.lower(), value))
        for name, value in made.items()
        if name not in outer and f"{name}_FILE" not in outer
    }


def _keep(path: Path, value: str) -> Path:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(value)
    return path
