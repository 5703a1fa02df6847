"""Read one sent snippet out of a form and hold it to its bounds. Stores nothing, knows no student."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from django.utils.translation import gettext, ngettext

from lti_tool.capture import jpeg
from lti_tool.capture.errors import (
    FrameTooLarge,
    MalformedField,
    NotJpeg,
    SnippetTooLarge,
    WrongFrameCount,
    WrongFrameSize,
)
from lti_tool.capture.limits import (
    FRAME_MAX_BYTES,
    FRAME_MAX_SIDE,
    FRAME_MIN_SIDE,
    SNIPPET_MAX_BYTES,
)


class SentFile(Protocol):
    """What the intake needs of an uploaded file."""

    @property
    def size(self) -> int | None:
        """Its length in bytes."""

    def read(self) -> bytes:
        """All its bytes."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One snippet as the page sent it, inside all bounds. `frames` are JPEG bytes, oldest first."""

    client_id: uuid.UUID
    captured_at: datetime
    frames: tuple[bytes, ...]

    @property
    def byte_count(self) -> int:
        """Bytes of all frames together."""
        return sum(len(frame) for frame in self.frames)


def read_submission(fields: Mapping[str, object], files: Sequence[SentFile], *, expected: int) -> Submission:
    """Check sizes before reading a byte, then each picture's header. Raises BadInput subclasses."""
    _check_counts(files, expected=expected)
    submission = Submission(
        client_id=_uuid(str(fields.get("client_id", ""))),
        captured_at=_moment(str(fields.get("captured_at", ""))),
        frames=tuple(file.read() for file in files),
    )
    for number, frame in enumerate(submission.frames, start=1):
        _check_picture(number, frame)
    return submission


def _check_counts(files: Sequence[SentFile], *, expected: int) -> None:
    if len(files) != expected:
        said = ngettext(
            "%(expected)d picture was expected, %(came)d came. Nothing was stored.",
            "%(expected)d pictures were expected, %(came)d came. Nothing was stored.",
            expected,
        )
        raise WrongFrameCount(said % {"expected": expected, "came": len(files)})
    sizes = [file.size or 0 for file in files]
    if max(sizes, default=0) > FRAME_MAX_BYTES:
        said = gettext("A picture has more than %(most)d bytes. Nothing was stored.")
        raise FrameTooLarge(said % {"most": FRAME_MAX_BYTES})
    if sum(sizes) > SNIPPET_MAX_BYTES:
        said = gettext("The pictures have more than %(most)d bytes. Nothing was stored.")
        raise SnippetTooLarge(said % {"most": SNIPPET_MAX_BYTES})


def _check_picture(number: int, frame: bytes) -> None:
    try:
        size = jpeg.size_of(frame)
    except jpeg.HeaderUnreadable as error:
        # Translators: %(why)s is a sentence of its own, such as "It is cut short."
        said = gettext("Picture %(number)d is not a JPEG picture. %(why)s Nothing was stored.")
        raise NotJpeg(said % {"number": number, "why": gettext(str(error))}) from error
    sides = (size.width, size.height)
    if min(sides) < FRAME_MIN_SIDE or max(sides) > FRAME_MAX_SIDE:
        said = gettext(
            "Picture %(number)d is %(width)d by %(height)d; "
            "sides must be %(least)d to %(most)d pixels. Nothing was stored."
        )
        bounds = {"least": FRAME_MIN_SIDE, "most": FRAME_MAX_SIDE}
        facts = bounds | {"number": number, "width": size.width, "height": size.height}
        raise WrongFrameSize(said % facts)


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise MalformedField(gettext("client_id must be a UUID. Nothing was stored.")) from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise MalformedField(gettext("captured_at must be an ISO 8601 time. Nothing was stored.")) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
