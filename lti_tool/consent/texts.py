"""The consent texts, old and new: a version for people, a hash of the words for proof. Knows no answers.

Each language has a whole text of its own. A text that somebody answered is never changed: a new one gets the
next version, and the old one stays, so that everybody can read what they agreed to. A test holds the kept
versions to their hashes.
"""

import hashlib
from dataclasses import astuple
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.utils.translation import get_language, to_locale

from lti_tool.consent.wording import FIRST_LANGUAGE, choices_of, languages_of
from lti_tool.core.languages import supported
from lti_tool.domain.consent import ConsentText, Language

CURRENT_VERSION = "v1"
WITH_EMERGENCIES = {"v1": "v1e"}
"""The same, and that a counselor may be let in while somebody is in danger: where that is switched on."""


def template_name(text: ConsentText) -> str:
    """The template that holds a text's words."""
    return _template_of(text.version, text.language)


def current_text(language: Language = "") -> ConsentText:
    """The text in force, in this language or that of the moment; in English where there is none in it."""
    version = WITH_EMERGENCIES[CURRENT_VERSION] if settings.BREAK_GLASS else CURRENT_VERSION
    wanted = supported(language or get_language() or "")
    return _text(version, wanted if wanted in languages_of(version) else FIRST_LANGUAGE)


def tells_of_emergencies(version: str) -> bool:
    """Whether who answered this text was told."""
    return version in WITH_EMERGENCIES.values()


def kept_text(version: str, language: Language) -> ConsentText | None:
    """A version as it can be read here in a language; None where there is none of this name."""
    return _text(version, language) if language in languages_of(version) else None


def is_kept(*, version: str, language: Language, hash: str) -> bool:
    """Whether the very words of an answer can still be read. The same in another language are others."""
    text = kept_text(version, language)
    return text is not None and text.hash == hash


@cache
def _text(version: str, language: Language) -> ConsentText:
    """Read once per process: texts change with a release."""
    hashes = {spoken: _hash_of(version, spoken) for spoken in languages_of(version)}
    own = hashes.pop(language)
    return ConsentText(version, own, language, frozenset(hashes.values()))


def _hash_of(version: str, language: Language) -> str:
    """Of the text and the words of its choices."""
    origin = get_template(_template_of(version, language)).origin.name  # type: ignore[attr-defined]
    choices = ("|".join((purpose, *astuple(c))) for purpose, c in choices_of(version, language).items())
    words = Path(origin).read_bytes() + "\n".join(choices).encode()
    return hashlib.sha256(words).hexdigest()


def _template_of(version: str, language: Language) -> str:
    of_language = "" if language == FIRST_LANGUAGE else f".{to_locale(language)}"
    return f"consent/_text_{version}{of_language}.html"
