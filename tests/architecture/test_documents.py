"""What the documents say of the code is true."""

import re
import tomllib
from pathlib import Path

from lti_tool.lti.protocol.registration_refusals import Obstacle

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'env\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"')
NAMED = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
BOOTED_ONLY = {"ATTUNE_KEK"}  # the vault reads it by a name of its own


def names_read() -> set[str]:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "lti_tool").rglob("*.py"))
    return {name for source in sources for name in READ.findall(source)} | BOOTED_ONLY


def names_documented() -> set[str]:
    return set(NAMED.findall((ROOT / "docs" / "CONFIGURATION.md").read_text(encoding="utf-8")))


def test_every_setting_that_is_read_is_documented_and_no_other() -> None:
    assert names_documented() == names_read()


def rooms_on_disk() -> set[str]:
    return {path.parent.name for path in (ROOT / "lti_tool").glob("*/__init__.py")}


def rooms_in_the_map() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = text.split("## The map of rooms")[1].split("```")[1]
    inside = drawn.split("lti_tool/")[1].split("\ninference/")[0]
    return re.findall(r"^  ([a-z]+)/ ", inside, re.MULTILINE)


def layers() -> list[set[str]]:
    """The rooms as the import law has them, lowest first."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    return [
        {room.strip().removeprefix("lti_tool.") for room in row.split("|")} for row in contract["layers"]
    ][::-1]


def test_the_map_in_the_readme_shows_every_room_and_no_other() -> None:
    assert set(rooms_in_the_map()) == rooms_on_disk()


def test_the_map_in_the_readme_has_the_order_of_the_import_law() -> None:
    heights = [
        next(height for height, row in enumerate(layers()) if room in row) for room in rooms_in_the_map()
    ]
    assert heights == sorted(heights)


def test_every_room_says_in_its_first_line_what_it_is() -> None:
    modules = [p for p in (ROOT / "lti_tool").rglob("*.py") if "migrations" not in p.parts]
    silent = [p for p in modules if (text := p.read_text(encoding="utf-8")) and not text.startswith('"""')]
    assert silent == []


def test_every_word_of_a_refused_registration_is_explained() -> None:
    page = (ROOT / "docs" / "PLATFORMS.md").read_text(encoding="utf-8")
    assert [obstacle.code for obstacle in Obstacle if f"`{obstacle.code}`" not in page] == []
