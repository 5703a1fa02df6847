"""Read a JPEG's size from its header, without decoding it. Knows nothing of snippets.

What comes before the size must be what every reader takes in the same way. A decoder passes over bytes that
are no segment, a strict reader jumps by their length: between the two a second, huge size can hide.
"""

from dataclasses import dataclass

from lti_tool.core.words import gettext_noop as _

START = b"\xff\xd8\xff"
END = b"\xff\xd9"
START_OF_SCAN = b"\xff\xda"
BASELINE_AND_PROGRESSIVE = {0xC0, 0xC1, 0xC2}
SEGMENTS = {0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)}  # tables, applications' own, comments
SCANS_MAX = 16  # a camera's picture has one, a progressive one ten; each costs the decoder a whole pass


class HeaderUnreadable(ValueError):
    """Not a JPEG, cut short, or of a kind that cameras do not make. Whoever shows why, translates it."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def size_of(picture: bytes) -> Size:
    """Walk the segments to the start of frame (ITU-T T.81, B.1-B.2). Raises HeaderUnreadable."""
    if not picture.startswith(START) or not picture.rstrip(b"\x00").endswith(END):
        raise HeaderUnreadable(_("It does not begin and end as a JPEG does."))
    if picture.count(START_OF_SCAN) > SCANS_MAX:
        raise HeaderUnreadable(_("It is made of too many layers."))
    position = 2
    while True:
        marker, position = _next_marker(picture, position)
        if marker in BASELINE_AND_PROGRESSIVE:
            return _frame_size(picture, position)
        if marker not in SEGMENTS:
            raise HeaderUnreadable(_("Something else stands where its size should be told."))
        position += _length(picture, position)


def _next_marker(picture: bytes, position: int) -> tuple[int, int]:
    if position + 1 >= len(picture) or picture[position] != 0xFF:
        raise HeaderUnreadable(_("A marker was expected."))
    while position < len(picture) and picture[position] == 0xFF:
        position += 1
    if position >= len(picture):
        raise HeaderUnreadable(_("It is cut short."))
    return picture[position], position + 1


def _frame_size(picture: bytes, position: int) -> Size:
    if position + 7 > len(picture) or picture[position + 2] != 8:
        raise HeaderUnreadable(_("Only 8-bit pictures are read."))
    return Size(height=_number(picture, position + 3), width=_number(picture, position + 5))


def _length(picture: bytes, position: int) -> int:
    length = _number(picture, position)
    if length < 2:
        raise HeaderUnreadable(_("A part of it has no length."))
    return length


def _number(picture: bytes, position: int) -> int:
    if position + 2 > len(picture):
        raise HeaderUnreadable(_("It is cut short."))
    return int.from_bytes(picture[position : position + 2])
