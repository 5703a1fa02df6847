"""What the page on activation says of places and commands is what the code does."""

from pathlib import Path

import pytest
from django.core.management import load_command_class
from django.core.management.base import CommandParser

from lti_tool.domain.jurisdictions import PROFILES, Profile

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGE = (DOCS / "activation.md").read_text(encoding="utf-8")
TEMPLATES = sorted((DOCS / "templates").glob("*.md"))


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_the_page_says_of_every_place_what_the_profile_does(profile: Profile) -> None:
    told = PAGE.split(f"### {profile.name}\n")[1].split("\n### ")[0]
    for line in profile.does:
        assert f"- {line}\n" in told
    read_on = f"{profile.read_on.day} {profile.read_on:%B %Y}"
    assert f"Sources: {'; '.join(profile.sources)}. Read on {read_on}.\n" in told


def test_the_page_names_every_option_of_the_command() -> None:
    command = load_command_class("lti_tool.activation", "activate_deployment")
    parser = CommandParser()
    command.add_arguments(parser)
    options = {option for action in parser._actions for option in action.option_strings}
    assert [option for option in sorted(options - {"-h", "--help"}) if option not in PAGE] == []


def test_the_page_links_every_template() -> None:
    assert [path.name for path in TEMPLATES if f"templates/{path.name}" not in PAGE] == []
    assert len(TEMPLATES) == 3
