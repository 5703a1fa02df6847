"""How wide words are in a picture, and where they break. Pure: knows letters of every script, and no font."""

import re
import unicodedata
from collections.abc import Iterator

# Chinese has no spaces: it breaks after any sign, but not before one that closes what was said.
_SIGN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_PIECE = re.compile(rf"\s*(?:[{_SIGN}][、。〉》」』】，．：；！？）”’]*|[^\s{_SIGN}]+)")
CUT = "…"


def width_of(words: str) -> int:
    """In Latin letters; a Chinese sign is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1 for letter in words)


def cut(words: str, longest: int) -> str:
    """As much of it as fits."""
    if width_of(words) <= longest:
        return words
    while width_of(words) >= longest:
        words = words[:-1]
    return words.rstrip() + CUT


def wrapped(words: str, longest: int) -> Iterator[str]:
    """In lines that fit. What cannot be broken stands on a line of its own, however long it is."""
    line = ""
    for piece in _PIECE.findall(words):
        if line and width_of(line + piece) > longest:
            yield line
            line = piece.lstrip()
        else:
            line = (line + piece).lstrip()
    yield line
