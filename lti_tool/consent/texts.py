"""The consent text in force: its version for people, the hash of its source for proof. Knows no answers."""

import hashlib
from functools import cache
from pathlib import Path

from django.template.loader import get_template

from lti_tool.domain.consent import ConsentText

CURRENT_VERSION = "v1"


def template_name(version: str = CURRENT_VERSION) -> str:
    """The template that holds a version's words."""
    return f"consent/_text_{version}.html"


@cache
def current_text() -> ConsentText:
    """Read once per process: a changed text comes with a new release."""
    origin = get_template(template_name()).origin.name  # type: ignore[attr-defined]
    return ConsentText(CURRENT_VERSION, hashlib.sha256(Path(origin).read_bytes()).hexdigest())
