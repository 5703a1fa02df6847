"""Read a JPEG's size from its header, without decoding it. Knows nothing of snippets."""

from dataclasses import dataclass

START = b"\xff\xd8\xff"
END = b"\xff\xd9"
BASELINE_AND_PROGRESSIVE = {0xC0, 0xC1, 0xC2}
STANDS_ALONE = {0x01, *range(0xD0, 0xD8)}


class HeaderUnreadable(ValueError):
    """Not a JPEG, cut short, or of a kind that cameras do not make."""


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def size_of(picture: bytes) -> Size:
    """Walk the markers to the start of frame (ITU-T T.81, B.1-B.2). Raises HeaderUnreadable."""
    if not picture.startswith(START) or not picture.rstrip(b"\x00").endswith(END):
        raise HeaderUnreadable("It does not begin and end as a JPEG does.")
    position = 2
    while True:
        marker, position = _next_marker(picture, position)
        if marker in BASELINE_AND_PROGRESSIVE:
            return _frame_size(picture, position)
        if marker in STANDS_ALONE:
            continue
        if marker == 0xDA:
            raise HeaderUnreadable("The picture data begins before its size is told.")
        position += max(2, _number(picture, position))


def _next_marker(picture: bytes, position: int) -> tuple[int, int]:
    if position + 1 >= len(picture) or picture[position] != 0xFF:
        raise HeaderUnreadable("A marker was expected.")
    while position < len(picture) and picture[position] == 0xFF:
        position += 1
    if position >= len(picture):
        raise HeaderUnreadable("It is cut short.")
    return picture[position], position + 1


def _frame_size(picture: bytes, position: int) -> Size:
    if position + 7 > len(picture) or picture[position + 2] != 8:
        raise HeaderUnreadable("Only 8-bit pictures are read.")
    return Size(height=_number(picture, position + 3), width=_number(picture, position + 5))


def _number(picture: bytes, position: int) -> int:
    if position + 2 > len(picture):
        raise HeaderUnreadable("It is cut short.")
    return int.from_bytes(picture[position : position + 2])
