"""The words of each choice, by language, and by the version of the text they belong to.

One file for each language, to be read and reviewed as one, beside the templates of its texts. They do not go
through the catalogue: a yes is given to these very words. An old version is kept as it was.
"""

from collections.abc import Mapping
from typing import Final

from lti_tool.consent.wording import en, es, zh_hans
from lti_tool.consent.wording.choice import Choice, Version, Words
from lti_tool.domain.consent import Language, Purpose

__all__ = ["FIRST_LANGUAGE", "WORDS", "Choice", "choices_of", "languages_of"]

FIRST_LANGUAGE: Final[Language] = "en"
"""What every text was written in first, and what answers of before there were others were given in."""

WORDS: Final[dict[Language, Words]] = {
    FIRST_LANGUAGE: en.WORDS,
    "es": es.WORDS,
    "zh-hans": zh_hans.WORDS,
}


def languages_of(version: Version) -> list[Language]:
    """The languages in which a version can be read; none for a version that never was."""
    return [language for language, words in WORDS.items() if version in words]


def choices_of(version: Version, language: Language) -> Mapping[Purpose, Choice]:
    """The choices of a text in one language; none where there is no such text."""
    return WORDS.get(language, {}).get(version, {})
