"""What the documents say of the code is true."""

import re
from pathlib import Path

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


def rooms_in_the_map() -> set[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    drawn = text.split("## The map of rooms")[1].split("```")[1]
    inside = drawn.split("lti_tool/")[1].split("\ninference/")[0]
    return set(re.findall(r"^  ([a-z]+)/ ", inside, re.MULTILINE))


def test_the_map_in_the_readme_shows_every_room_and_no_other() -> None:
    assert rooms_in_the_map() == rooms_on_disk()


def test_every_room_says_in_its_first_line_what_it_is() -> None:
    modules = [p for p in (ROOT / "lti_tool").rglob("*.py") if "migrations" not in p.parts]
    silent = [p for p in modules if (text := p.read_text(encoding="utf-8")) and not text.startswith('"""')]
    assert silent == []
