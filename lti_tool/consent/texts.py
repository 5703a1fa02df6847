"""The consent texts, old and new: a version for people, a hash of the words for proof. Knows no answers.

A text that somebody answered is never changed: a new one gets the next version, and the old one stays, so
that everybody can read what they agreed to. A test holds the kept versions to their hashes.
"""

import hashlib
from dataclasses import astuple
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template

from lti_tool.consent.wording import WORDS
from lti_tool.domain.consent import ConsentText

CURRENT_VERSION = "v1"
WITH_EMERGENCIES = {"v1": "v1e"}
"""The same, and that a counselor may be let in while somebody is in danger: where that is switched on."""


def template_name(version: str = CURRENT_VERSION) -> str:
    """The template that holds a version's words."""
    return f"consent/_text_{version}.html"


def current_text() -> ConsentText:
    """The text in force."""
    return _text(WITH_EMERGENCIES[CURRENT_VERSION] if settings.BREAK_GLASS else CURRENT_VERSION)


def tells_of_emergencies(version: str) -> bool:
    """Whether who answered this text was told."""
    return version in WITH_EMERGENCIES.values()


def kept_text(version: str) -> ConsentText | None:
    """A version as it can be read here; None where there is none of this name."""
    return _text(version) if version in WORDS else None


def is_kept(*, version: str, hash: str) -> bool:
    """Whether the very words of an answer can still be read."""
    text = kept_text(version)
    return text is not None and text.is_same_as(version=version, hash=hash)


@cache
def _text(version: str) -> ConsentText:
    """The text and the words of its choices. Read once per process: they change with a release."""
    origin = get_template(template_name(version)).origin.name  # type: ignore[attr-defined]
    choices = ("|".join((purpose, *astuple(choice))) for purpose, choice in WORDS[version].items())
    words = Path(origin).read_bytes() + "\n".join(choices).encode()
    return ConsentText(version, hashlib.sha256(words).hexdigest())
