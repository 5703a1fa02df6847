"""No page of ours holds a script or a style of its own, nor an address of anybody else."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ASSETS = sorted(
    path
    for path in (ROOT / "static").rglob("*")
    if path.suffix in {".css", ".js", ".mjs", ".svg"} and "vendor" not in path.parts
)

INLINE_SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
INLINE_STYLE = re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE)
HANDLER = re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE | re.DOTALL)
CODE_ADDRESS = re.compile(r"(?:javascript|vbscript):", re.IGNORECASE)
UNESCAPED = re.compile(r"\|\s*safe\b|autoescape off|safeseq")
EMBEDDED = re.compile(r"<(?:base|object|embed|applet|frame)\b|http-equiv", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:https?:|wss?:|["'(=\s])//[\w.-]+\.[a-z]{2,}""", re.IGNORECASE)
EVALUATED = re.compile(
    r"\beval\(|new Function\(|document\.write|\.innerHTML|outerHTML|insertAdjacentHTML|setTimeout\(\s*[\"'`]"
)

NAMES_A_LANGUAGE = {"http://www.w3.org/2000/svg", "http://www.w3.org"}
"""Of an element that a browser draws; nobody fetches it."""
FRAMES = {"templates/lti/without_cookies.html"}


def found(pattern: re.Pattern[str], paths: list[Path]) -> dict[str, list[str]]:
    hits = {
        str(path.relative_to(ROOT)): [match.group(0) for match in pattern.finditer(path.read_text("utf-8"))]
        for path in paths
    }
    return {path: texts for path, texts in hits.items() if texts}


def test_there_are_pages_to_look_at() -> None:
    assert len(TEMPLATES) > 60
    assert len(ASSETS) > 40


@pytest.mark.parametrize(
    "pattern",
    [INLINE_SCRIPT, INLINE_STYLE, HANDLER, CODE_ADDRESS, UNESCAPED, EMBEDDED],
    ids=["script", "style", "handler", "javascript:", "unescaped", "embedded"],
)
def test_no_template_holds_what_a_strict_policy_forbids(pattern: re.Pattern[str]) -> None:
    assert found(pattern, TEMPLATES) == {}


def test_no_script_makes_code_or_markup_out_of_text() -> None:
    assert found(EVALUATED, ASSETS) == {}


def test_no_template_script_or_style_names_another_server() -> None:
    hits = found(ELSEWHERE, [*TEMPLATES, *ASSETS])
    assert {
        path: set(texts) - NAMES_A_LANGUAGE for path, texts in hits.items() if set(texts) - NAMES_A_LANGUAGE
    } == {}


@pytest.mark.parametrize(
    ("pattern", "page"),
    [
        (INLINE_SCRIPT, '<script type="module">start()</script>'),
        (INLINE_STYLE, '<p style="color: red">'),
        (INLINE_STYLE, "<STYLE>"),
        (HANDLER, '<button\n class="a" onclick="go()">'),
        (CODE_ADDRESS, '<a href="JavaScript:go()">'),
        (UNESCAPED, "{{ name|safe }}"),
        (EMBEDDED, '<meta http-equiv="refresh">'),
        (ELSEWHERE, '<script src="https://cdn.example.com/x.js">'),
        (ELSEWHERE, '<img src="//cdn.example.com/x.png">'),
        (ELSEWHERE, "url(//fonts.example.com/a)"),
        (EVALUATED, "list.innerHTML = text"),
    ],
)
def test_what_is_forbidden_would_be_found(pattern: re.Pattern[str], page: str) -> None:
    assert pattern.search(page)


FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)
WITHOUT_TOKEN = {
    "templates/lti/without_cookies.html": "posts the platform's form to the launch, protected by its state",
    "templates/lti/placed.html": "posts to the platform: a token of ours would be given away",
    "templates/lti/nothing_here.html": "carries a signed pass in place of a session",
    "templates/lti/register.html": "carries the secret of its address, and no cookie gives it power",
    "templates/lti/logging_in.html": "repeats the platform's login, which any site may send",
}


def test_every_form_carries_its_token_or_a_reason() -> None:
    without = {
        path
        for path, forms in found(FORM, TEMPLATES).items()
        if any("csrf_token" not in form for form in forms)
    }
    assert without == set(WITHOUT_TOKEN)
