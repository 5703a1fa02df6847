"""Only `lti/quirks/` knows platform families by name: nothing else in the tool decides by one.

Read are names and texts in code, not comments, docstrings or templates: those may help a reader with an
example. Migrations are left out: they repeat the help texts of their day.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "lti_tool"
FAMILY = re.compile(
    r"moodle|canvas|instructure|blackboard|brightspace|desire2learn|d2l|sakai|open.?edx", re.IGNORECASE
)

# Help for whoever fills in a form. Nothing is decided by these.
PERMITTED = {
    ("lti/models/platforms.py", "Moodle of the law school, ..."),
    ("lti/models/platforms.py", 'Origins that may show the tool in a frame: ["https://moodle.example.edu"].'),
    ("lti/validators.py", 'Write a list of origins, such as ["https://moodle.example.edu"].'),
    ("lti/management/commands/make_registration_link.py", "for which platform: Moodle of the law school"),
}


def families_named(source: str) -> set[str]:
    """Every name and text in the code that holds a family's name."""
    tree = ast.parse(source)
    bare = [node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)]
    docstrings = {id(value) for value in bare if isinstance(value, ast.Constant)}
    found = (word for node in ast.walk(tree) if id(node) not in docstrings for word in _words(node))
    return {word for word in found if FAMILY.search(word)}


def _words(node: ast.AST) -> Iterator[str]:
    """Texts, and names however they are bound: variables, attributes, arguments, imports, definitions."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        yield node.value if isinstance(node.value, str) else node.value.decode(errors="replace")
    for field in ("id", "attr", "arg", "name", "asname", "module"):
        if isinstance(word := getattr(node, field, None), str):
            yield word


def _modules() -> Iterator[Path]:
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT).parts
        # The charts of the dashboards are drawn on a canvas.
        if parts[:2] != ("lti", "quirks") and "migrations" not in parts and parts[0] != "dashboards":
            yield path


def test_no_code_outside_of_the_quirks_names_a_platform_family() -> None:
    named = {
        (str(path.relative_to(ROOT)), word)
        for path in _modules()
        for word in families_named(path.read_text(encoding="utf-8"))
    }
    assert named == PERMITTED


def test_the_charts_know_a_canvas_and_no_platform() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "dashboards").rglob("*.py")]
    words = {word.lower() for source in sources for word in families_named(source)}
    assert words == {"canvas", "spark_canvas"}


@pytest.mark.parametrize(
    "source",
    [
        'if family == "moodle": pass',
        "from lti_tool.lti.quirks import canvas",
        "from lti_tool.lti.quirks.sakai import QUIRKS",
        "import lti_tool.lti.quirks.open_edx as other",
        "is_blackboard = True",
        "self.brightspace",
        "def for_moodle(): ...",
        "call(openedx=1)",
        'f"https://{school}.instructure.com"',
        'HOST = b"d2l.example"',
    ],
)
def test_a_family_is_found_wherever_code_may_name_it(source: str) -> None:
    assert families_named(source)


@pytest.mark.parametrize("source", ['"""As Moodle does."""', "x = 1  # Canvas", 'def f():\n    """Sakai."""'])
def test_explanations_may_name_one(source: str) -> None:
    assert not families_named(source)
