"""Small JPEG files for tests, made by hand so that no image library is needed."""


def jpeg(
    width: int = 640,
    height: int = 480,
    *,
    kind: int = 0xC0,
    padding: int = 0,
    first: bytes = b"",
    scans: int = 1,
) -> bytes:
    """Markers as in a camera's picture, with nothing to see in it. `first`: bytes before its size."""
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = height.to_bytes(2) + width.to_bytes(2)
    frame = b"\xff" + bytes([kind]) + b"\x00\x0b\x08" + size + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(padding)
    return b"\xff\xd8" + app0 + first + frame + scan * scans + b"\xff\xd9"


def segment(marker: int, content: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + (len(content) + 2).to_bytes(2) + content


def hidden_size(width: int, height: int, *, marker: int = 0x00) -> bytes:
    """A second start of frame, which a decoder meets and a reader that trusts every length jumps over."""
    size = height.to_bytes(2) + width.to_bytes(2)
    return segment(marker, segment(0xC0, b"\x08" + size + b"\x01\x01\x11\x00"))
