"""Languages that were asked for, and those that we have; dates as each writes them; the words of scripts."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.formats import date_format
from hypothesis import example, given
from hypothesis import strategies as st

from lti_tool.core.languages import own_name, supported, words_address

ROOT = Path(__file__).resolve().parents[3]
MOMENT = datetime(2026, 3, 7, 9, 5, tzinfo=UTC)
CODES = [code for code, _ in settings.LANGUAGES]
NAMED_BY = {
    "en": "English",
    "en_GB": "English",
    "EN-us": "English",
    "es": "Español",
    "es_MX": "Español",
    "es-419": "Español",
    "es-ES-valencia": "Español",
    "zh": "简体中文",
    "zh_cn": "简体中文",
    "zh-CN": "简体中文",
    "zh-Hans": "简体中文",
    "zh-hans-SG": "简体中文",
    "de": None,
    "ca-es": None,
    "tlh": None,
}


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A test's requests run in its own thread, which would go on in their language."""
    yield
    translation.deactivate()


@pytest.mark.parametrize(("locale", "name"), NAMED_BY.items())
def test_a_platforms_word_for_a_language_finds_ours(locale: str, name: str | None) -> None:
    found = supported(locale)

    assert (own_name(found) if found else None) == name


@pytest.mark.parametrize("locale", ["zh-TW", "zh_HK", "zh-Hant", "zh-MO"])
def test_who_reads_the_other_chinese_reads_ours_rather_than_english(locale: str) -> None:
    assert supported(locale) == "zh-hans"


@pytest.mark.parametrize(
    "locale", ["", " ", "_", "-", "--", "es;DROP", "../es", "es\x00", "\ud800", "$Bogus.variable", "é" * 300]
)
def test_what_is_no_language_finds_none(locale: str) -> None:
    assert supported(locale) is None


@given(st.text(max_size=600))
@example("e" * 100_000)
@example("es-" * 40_000)
@example("zh" + "_" * 100_000)
def test_whatever_a_platform_sends_finds_one_of_ours_or_none(locale: str) -> None:
    found = supported(locale)

    assert found is None or found.lower() in CODES


@given(st.sampled_from(CODES), st.from_regex(r"[-_][A-Za-z0-9]{2,8}", fullmatch=True))
def test_a_language_of_ours_is_found_in_whichever_country(code: str, country: str) -> None:
    assert supported(code + country) == code


# Dates


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (
            "en",
            [
                "7 March 2026",
                "7 March 2026, 09:05",
                "09:05",
                "March 2026",
                "7 March",
                "7 Mar",
                "7 Mar, 09:05",
            ],
        ),
        (
            "es",
            [
                "7 de marzo de 2026",
                "7 de marzo de 2026, 09:05",
                "09:05",
                "marzo de 2026",
                "7 de marzo",
                "7 mar",
                "7 mar, 09:05",
            ],
        ),
        (
            "zh-hans",
            ["2026年3月7日", "2026年3月7日 09:05", "09:05", "2026年3月", "3月7日", "3月7日", "3月7日 09:05"],
        ),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language: str, written: list[str]) -> None:
    formats = (
        "DATE_FORMAT",
        "DATETIME_FORMAT",
        "TIME_FORMAT",
        "YEAR_MONTH_FORMAT",
        "MONTH_DAY_FORMAT",
        "SHORT_DATE_FORMAT",
        "SHORT_DATETIME_FORMAT",
    )

    with translation.override(language):
        assert [date_format(MOMENT, name) for name in formats] == written


# The words of scripts


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_the_words_of_scripts_are_a_script_that_anybody_may_keep(client: Client, language: str) -> None:
    response = client.get(f"/words/{language}.js")

    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert {"public", "max-age=3600"} <= set(response.headers["Cache-Control"].split(", "))
    assert "gettext" in response.content.decode()
    assert not response.cookies


def test_the_words_are_those_of_the_address_whoever_asks(client: Client) -> None:
    answers = [
        client.get("/words/es.js", headers={"accept-language": accepted}).content
        for accepted in ("es", "zh-CN", "en", "")
    ]

    assert len(set(answers)) == 1


@pytest.mark.parametrize("language", ["de", "es-MX", "ES", "zh-CN", "x"])
def test_the_words_of_no_language_of_ours_are_missing(client: Client, language: str) -> None:
    response = client.get(f"/words/{language}.js")

    assert response.status_code == 404
    assert b"We could not find that page." in response.content
    assert "max-age=3600" not in response.headers.get("Cache-Control", "")


def test_words_that_changed_have_another_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at = tmp_path / "es" / "LC_MESSAGES" / "djangojs.mo"
    at.parent.mkdir(parents=True)
    monkeypatch.setattr(settings, "LOCALE_PATHS", [tmp_path])
    addresses = set()
    for release in (b"one", b"another"):
        at.write_bytes(release)
        addresses.add(words_address.__wrapped__("es"))

    assert len(addresses) == 2
    assert all(address.startswith("/words/es.js?") for address in addresses)


@pytest.mark.parametrize(("language", "has_catalogue"), [("en", False), ("es", True), ("zh-hans", True)])
def test_a_page_asks_for_words_where_its_scripts_have_others(
    client: Client, language: str, has_catalogue: bool
) -> None:
    page = client.get("/", headers={"accept-language": language}).content.decode()
    catalogue = f'<script src="{words_address(language)}">'

    assert f'<html lang="{language}"' in page
    assert (catalogue in page) == has_catalogue
    # Scripts that are no modules run before every module, in their order.
    assert "/words/" not in page or page.index("/words/") < page.index('type="module"')


@pytest.mark.parametrize(
    ("code", "name"), [("en", "English"), ("es", "Español"), ("zh-hans", "简体中文"), ("tlh", "tlh")]
)
def test_a_language_is_called_as_its_readers_call_it(code: str, name: str) -> None:
    assert own_name(code) == name


# Where nobody reads a page


def test_a_command_speaks_english_in_whichever_language_pages_do() -> None:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lti_tool.settings",
        "ATTUNE_SECRET_KEY": "x" * 60,
        "ATTUNE_KEK": "x",
        "ATTUNE_LANGUAGE": "es",
        "ATTUNE_KEYRING": "nonsense",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "ATTUNE_KEYRING is neither local nor transit." in done.stderr
    assert "Set it to local or transit." in done.stderr
