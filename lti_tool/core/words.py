"""Translation for rooms that must not know Django: the protocol, the rules, the error tree.

Named as in gettext, so that its tools find the texts. Until the application is up, texts stay as written.
"""

from collections.abc import Callable

_translate: Callable[[str], str] = str


def gettext(text: str) -> str:
    """The text in the language of the moment. Call it late: when somebody is about to read."""
    return _translate(text)


def gettext_noop(text: str) -> str:
    """The text as it is, marked for translators. Whoever shows it translates it."""
    return text


def translate_with(translate: Callable[[str], str]) -> None:
    """Called once, as the application starts."""
    global _translate  # noqa: PLW0603 - one process speaks through one catalogue
    _translate = translate
