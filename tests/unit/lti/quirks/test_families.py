"""All families have one shape, and a platform is told by its own word."""

import pkgutil
from importlib import import_module

import pytest

from lti_tool.lti import quirks
from lti_tool.lti.quirks.families import FAMILIES, known_codes, quirks_of
from lti_tool.lti.quirks.family import PLAIN, Quirks
from tests.unit.lti.voices import Voice

OF_ALL = {"family", "families", "registration", "services"}
MODULES = sorted({module.name for module in pkgutil.iter_modules(quirks.__path__)} - OF_ALL)


@pytest.mark.parametrize("module", MODULES)
def test_every_module_of_a_family_has_the_one_shape_and_is_in_use(module: str) -> None:
    family = import_module(f"{quirks.__name__}.{module}").QUIRKS

    assert family in FAMILIES
    assert family.name
    assert family.codes
    assert family.by_hand


def test_no_two_families_answer_to_one_word() -> None:
    assert len(known_codes()) == sum(len(family.codes) for family in FAMILIES)
    assert all(code == code.strip().lower() for code in known_codes())


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
def test_a_platform_is_known_however_it_writes_its_word(family: Quirks) -> None:
    for code in family.codes:
        assert quirks_of(f" {code.upper()} ") is family


@pytest.mark.parametrize("word", ["", "attune-demo", "moodle2", "x" * 80])
def test_others_are_treated_by_the_specifications(word: str) -> None:
    assert quirks_of(word) is PLAIN


@pytest.mark.parametrize(
    ("claim", "family"),
    [
        ({"product_family_code": "moodle"}, "moodle"),
        ({"product_family_code": 7}, ""),
        ({"product_family_code": "x" * 300}, "x" * 80),
        ([], ""),
        (None, ""),
    ],
)
def test_the_family_is_read_from_the_launch(voice: Voice, claim: object, family: str) -> None:
    assert voice.say(tool_platform=claim).product_family == family
