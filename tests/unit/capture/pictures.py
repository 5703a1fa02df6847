"""Small JPEG files for tests, made by hand so that no image library is needed."""


def jpeg(width: int = 640, height: int = 480, *, kind: int = 0xC0, padding: int = 0) -> bytes:
    """Markers as in a camera's picture, with nothing to see in it."""
    app0 = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    size = height.to_bytes(2) + width.to_bytes(2)
    frame = b"\xff" + bytes([kind]) + b"\x00\x0b\x08" + size + b"\x01\x01\x11\x00"
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" + bytes(padding)
    return b"\xff\xd8" + app0 + frame + scan + b"\xff\xd9"
