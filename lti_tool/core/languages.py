"""Which language a page is read in: the reader's own choice, else the course's, else the browser's."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.text import capfirst

Locale = str
"""As platforms write them: "es", "es-MX", "zh_cn"."""


def supported(locale: Locale) -> str | None:
    """The code of a language that we have and that comes closest, or None."""
    try:
        return translation.get_supported_language_variant(locale.replace("_", "-").lower())
    except LookupError:
        return None


@cache
def words_address(code: str) -> str:
    """Where the words of the scripts are in a language; another address after a release that changed them."""
    written = b"".join(path.read_bytes() for path in _catalogues(code))
    return f"{reverse('words', args=[code])}?{hashlib.sha256(written).hexdigest()[:12]}"


def _catalogues(code: str) -> Iterator[Path]:
    for folder in settings.LOCALE_PATHS:
        yield from Path(folder).glob(f"{translation.to_locale(code)}/LC_MESSAGES/djangojs.mo")


def own_name(code: str) -> str:
    """A language as its readers call it: "Español". A code that nobody knows stays as it is."""
    try:
        return str(capfirst(translation.get_language_info(code)["name_local"]))
    except KeyError:
        return code


def speak_as_in_course(request: HttpRequest, locale: Locale) -> None:
    """Go on in the course's language, unless the reader chose one: that is in a cookie, already obeyed."""
    chosen = supported(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""))
    language = chosen or supported(locale)
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
