"""The import law, and the weight that it keeps off the web process."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"cv2", "mediapipe", "ai_edge_litert", "tensorflow", "keras", "numpy"}

WEB_PROCESS = """
import django, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
from lti_tool.asgi import application
from django.test import Client
assert Client().get("/demo/sample-clip.mp4", headers={"host": "localhost"}).status_code == 404
print(",".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""

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


def test_the_web_process_loads_no_image_library_and_no_network() -> None:
    loaded = set(output_of(sys.executable, "-c", WEB_PROCESS).split(","))
    assert not loaded & HEAVY


def test_the_serving_environment_holds_no_tensorflow() -> None:
    for lock in ("web", "worker", "demo"):
        names = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
        assert "tensorflow" not in names
    assert output_of(sys.executable, "-c", CPU_WORKER) == ""
