"""Read images and clips from files as snippets of JPEG frames, the way a camera page sends them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
from tqdm import tqdm

from inference.errors import UnreadableInput

FRAMES_PER_SNIPPET = 8
SNIPPET_SECONDS = 2.0
JPEG_QUALITY = 92
LARGEST_SIDE = 1280  # pixels; a camera page sends no more
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """A short run of JPEG frames. start: seconds into the file. least_valid_frames: 1 for a still image."""

    file: Path
    start: float
    frames: tuple[bytes, ...]
    least_valid_frames: int | None = None


def snippets(path: Path) -> Iterator[Snippet]:
    """An image is a snippet of one frame; a clip gives one of 8 frames every 2 s. Raises UnreadableInput."""
    if not path.is_file():
        raise UnreadableInput(f"{path}: no such file")
    return _still(path) if path.suffix.lower() in PICTURES else _clip(path)


def _still(path: Path) -> Iterator[Snippet]:
    picture = cv2.imread(str(path))
    if picture is None:
        raise UnreadableInput(f"{path}: not an image that can be read")
    yield Snippet(path, 0.0, (_as_jpeg(picture),), least_valid_frames=1)


def _clip(path: Path) -> Iterator[Snippet]:
    """Take frames evenly by their time stamps, whatever the clip's rate; the last snippet may be shorter."""
    video = cv2.VideoCapture(str(path))
    if not video.isOpened():
        raise UnreadableInput(f"{path}: neither an image nor a clip that can be read")
    frames: list[bytes] = []
    start = 0.0
    for at, frame in _sampled(video, path.name):
        if len(frames) == FRAMES_PER_SNIPPET:
            yield Snippet(path, start, tuple(frames))
            frames, start = [], at
        frames.append(frame)
    video.release()
    if frames:
        yield Snippet(path, start, tuple(frames))


def _sampled(video: cv2.VideoCapture, name: str) -> Iterator[tuple[float, bytes]]:
    interval = SNIPPET_SECONDS / FRAMES_PER_SNIPPET
    wanted = 0.0
    with tqdm(total=int(video.get(cv2.CAP_PROP_FRAME_COUNT)) or None, desc=name, unit="frame") as progress:
        while video.grab():
            progress.update()
            at = video.get(cv2.CAP_PROP_POS_MSEC) / 1e3
            if at < wanted:
                continue
            read, picture = video.retrieve()
            if read:
                wanted += interval
                yield at, _as_jpeg(picture)


def _as_jpeg(picture: cv2.typing.MatLike) -> bytes:
    shrink = LARGEST_SIDE / max(picture.shape[:2])
    if shrink < 1:
        picture = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1].tobytes()
