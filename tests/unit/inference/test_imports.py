"""What is loaded when, seen from a fresh interpreter."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("numpy", "cv2", "mediapipe", "ai_edge_litert", "tensorflow", "keras")


def loaded_after(statements: str) -> set[str]:
    report = f"import json, sys; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    finished = subprocess.run(
        [sys.executable, "-c", f"{statements}; {report}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(finished.stdout.splitlines()[-1]))


def test_importing_the_library_opens_no_heavy_library() -> None:
    assert loaded_after("import inference") == set()


def test_the_command_line_is_parsed_before_anything_heavy_is_opened() -> None:
    assert loaded_after("import inference.__main__") == set()


def test_serving_loads_its_runtimes_and_leaves_training_alone() -> None:
    loaded = loaded_after("from inference import Analyser; a = Analyser.load(); a.measure([]); a.close()")
    assert {"cv2", "mediapipe", "ai_edge_litert"} <= loaded
    assert "keras" not in loaded
