"""The web process stays light: no picture, face or network library is ever imported by it."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

HEAVY = {"cv2", "mediapipe", "ai_edge_litert", "tensorflow", "keras", "numpy", "inference"}

WHOLE_WEB = """
import json, sys
from lti_tool.asgi import application
from django.urls import get_resolver
from django.template.loader import get_template
get_resolver().url_patterns
get_template("capture/page.html")
kilobytes = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmRSS"))
modules = sorted({name.split(".")[0] for name in sys.modules})
print(json.dumps({"modules": modules, "rss_mb": int(kilobytes) / 1024}))
"""


@pytest.fixture(scope="module")
def web() -> dict[str, Any]:
    """What a process that imported the whole web application says of itself."""
    done = subprocess.run([sys.executable, "-c", WHOLE_WEB], check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_it_imports_no_heavy_library(web: dict[str, Any]) -> None:
    assert HEAVY.isdisjoint(web["modules"])
    assert "lti_tool" in web["modules"]
    assert "celery" in web["modules"], "the whole application was imported, its tasks too"


def test_it_stays_under_150_mb(
    web: dict[str, Any], record_testsuite_property: Callable[[str, object], None]
) -> None:
    record_testsuite_property("web_rss_mb", web["rss_mb"])
    assert web["rss_mb"] < 150
