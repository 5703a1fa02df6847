"""The catalogues are complete, compiled as written, and of the texts that are really there."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import to_locale

ROOT = Path(__file__).resolve().parents[2]
LOCALES = [to_locale(code) for code, _ in settings.LANGUAGES if code != "en"]
DOMAINS = ["django", "djangojs"]
READ_BY_MAKEMESSAGES = ["manage.py", "Makefile", "lti_tool", "templates", "static"]

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
TAG = re.compile(r"</?[a-z][^>]*>")

each_catalogue = pytest.mark.parametrize(
    ("locale", "domain"), [(locale, domain) for locale in LOCALES for domain in DOMAINS]
)


def catalogue(locale: str, domain: str) -> Path:
    return ROOT / "lti_tool" / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    # The settings of the tests are not in the copy of the sources.
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "lti_tool.settings"}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@cache
def entries(compiled: Path) -> dict[str | tuple[str, int], str]:
    """Each text and its translation; a text with a plural has one entry for each form."""
    with compiled.open("rb") as file:
        found: dict[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {text: said for text, said in found.items() if text}


@each_catalogue
def test_everything_is_translated_and_nothing_is_in_doubt(locale: str, domain: str) -> None:
    checked = run("msgfmt", "--check", "--statistics", "-o", "/dev/null", str(catalogue(locale, domain)))
    assert checked.returncode == 0, checked.stderr
    assert re.fullmatch(r"\d+ translated messages?\.", checked.stderr.strip()), checked.stderr


@each_catalogue
def test_what_is_compiled_is_what_is_written(locale: str, domain: str, tmp_path: Path) -> None:
    source, fresh = catalogue(locale, domain), tmp_path / "fresh.mo"
    assert run("msgfmt", "-o", str(fresh), str(source)).returncode == 0
    assert entries(source.with_suffix(".mo")) == entries(fresh), "run make messages"


@each_catalogue
def test_no_text_is_left_from_former_pages(locale: str, domain: str) -> None:
    assert run("msgattrib", "--only-obsolete", str(catalogue(locale, domain))).stdout == ""


@each_catalogue
def test_a_translation_keeps_the_facts_and_the_markup(locale: str, domain: str) -> None:
    assert _changed_in(locale, domain) == []


def _changed_in(locale: str, domain: str) -> list[str]:
    return [
        str(text)
        for text, said in entries(catalogue(locale, domain).with_suffix(".mo")).items()
        # The form for one may say "one" where the others have a number.
        if isinstance(text, str) and (_parts(text) != _parts(said))
    ]


def _parts(text: str) -> tuple[Counter[str], Counter[str]]:
    return Counter(PLACEHOLDER.findall(text)), Counter(TAG.findall(text))


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the texts come from, with the texts of today collected in it."""
    copy = tmp_path_factory.mktemp("texts")
    for name in READ_BY_MAKEMESSAGES:
        place = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        place(ROOT / name, copy / name)
    binaries = Path(sys.executable).parent
    made = run("make", "-o", ".venv/.dev", f"BIN={binaries}", "NEED=true", "pots", cwd=copy)
    assert made.returncode == 0, made.stderr
    return copy / "lti_tool" / "locale"


@each_catalogue
def test_every_text_of_today_is_in_the_catalogue(collected: Path, locale: str, domain: str) -> None:
    compared = run("msgcmp", str(catalogue(locale, domain)), str(collected / f"{domain}.pot"))
    assert compared.returncode == 0, f"run make messages\n{compared.stderr}"
