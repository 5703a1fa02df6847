"""Every text of a page goes through gettext."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".svg"})

PAGE_CLASS = re.compile(r"\{% block page_class %\}.*?\{% endblock page_class %\}")
COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->|<style>.*?</style>", re.DOTALL
)
TRANSLATED = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
CODE = re.compile(r"<(code|kbd|pre)\b.*?</\1>", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
READ_ALOUD = re.compile(r"""\b(?:aria-label|title|alt|placeholder|label|content)="([^"]*)\"""")
NOT_READ = re.compile(r'<meta name="(?:viewport|color-scheme|robots)"[^>]*>')
ELEMENT = re.compile(r"<[^>]*>", re.DOTALL)
SAID_TO_A_TAG = re.compile(
    r"\{% (?:include|with)\b[^%]*?\b(?:heading|text|label|hint|title|summary|words)=\"[^\"]*[a-z][^\"]*\""
)
NAMES = re.compile(
    r"\b(?:Attune|Moodle|Canvas|LTI|JSON|FHIR|CSV|SVG|URL|PHQ|nbsp|ndash|times|middot|larr|rarr)\b"
)

OWN_FILE_PER_LANGUAGE = re.compile(r"consent/_text_v\w+(\.\w+)?\.html")
"""What a yes was given to stays, in each language, as one text that can be read whole."""


def untranslated(source: str) -> list[str]:
    """Words of a template that gettext never sees."""
    told = [match.group(0) for match in SAID_TO_A_TAG.finditer(source)]
    shown = COMMENT.sub(" ", source)
    for pattern in (PAGE_CLASS, TRANSLATED, CODE, NOT_READ, TAG):
        shown = pattern.sub(" ", shown)
    read_aloud = [text for text in READ_ALOUD.findall(shown) if _has_words(text)]
    lines = [line.strip() for line in ELEMENT.sub("\n", shown).splitlines()]
    return told + read_aloud + [line for line in lines if _has_words(line)]


def _has_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z]{2,}", NAMES.sub("", text)))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_words_outside_of_gettext(path: Path) -> None:
    if not OWN_FILE_PER_LANGUAGE.search(str(path)):
        assert untranslated(path.read_text("utf-8")) == []


def test_words_outside_of_gettext_are_found() -> None:
    assert untranslated('<p>Hello you</p> {% translate "fine" %}') == ["Hello you"]
    assert untranslated('<p aria-label="Hello you">{% blocktranslate %}fine{% endblocktranslate %}</p>') == [
        "Hello you"
    ]
    assert untranslated('{% include "x.html" with heading="Hello you" %}')
