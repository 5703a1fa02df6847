"""The import law, and what the serving environment is free of."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CPU_WORKER = """
import importlib.util
print(",".join(name for name in ("tensorflow", "keras") if importlib.util.find_spec(name)))
"""


def output_of(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_rooms_import_only_what_lies_below_them() -> None:
    output_of(str(Path(sys.executable).with_name("lint-imports")), "--no-logo")


def test_the_serving_environment_holds_no_tensorflow() -> None:
    for lock in ("web", "worker", "demo"):
        names = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        assert "tensorflow" not in names
    assert output_of(sys.executable, "-c", CPU_WORKER) == ""
