"""What somebody with a launch, a yes and bad intentions may send to the intake, and what comes of it.

docs/threat-model.md has the same table in words.
"""

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lti_tool.capture import spool
from lti_tool.capture.models import CaptureSession, Snippet
from lti_tool.capture.services import start_session
from lti_tool.core import clock
from lti_tool.lti.models import Context
from tests.factories import consenting
from tests.unit.capture.conftest import Visitor, visit
from tests.unit.capture.pictures import hidden_size, jpeg, segment

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(80)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
ZIP = b"PK\x03\x04" + bytes(60) + b"PK\x05\x06" + bytes(18)
HTML = b"<!doctype html><script>alert(1)</script>"
GPS = segment(
    0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x88\x25\x00\x04\x00\x00\x00\x01" + bytes(12)
)


@pytest.fixture
def student(course: Context) -> Visitor:
    return visit(course, consenting(course))


@pytest.fixture
def session(student: Visitor) -> CaptureSession:
    return start_session(launch=student.launch, at=clock.now())


@pytest.fixture(autouse=True)
def spooled(monkeypatch: pytest.MonkeyPatch) -> list[tuple[bytes, ...]]:
    """What reached the spool, in place of a running one."""
    taken: list[tuple[bytes, ...]] = []

    def put(_snippet: uuid.UUID, frames: tuple[bytes, ...]) -> bytes:
        taken.append(frames)
        return b"key"

    monkeypatch.setattr(spool, "put", put)
    return taken


def frames(bad: bytes, *, name: str = "frame.jpg", kind: str = "image/jpeg") -> list[SimpleUploadedFile]:
    """Seven good pictures, and then this one."""
    return [SimpleUploadedFile(name, content, kind) for content in [*[jpeg()] * 7, bad]]


def send(student: Visitor, session: CaptureSession, **changes: object) -> "Answer":
    fields = {"client_id": str(uuid.uuid4()), "captured_at": clock.now().isoformat()}
    return student.post("snippets", fields | changes, session=session.public_id)


def refused(answer: "Answer") -> tuple[int, str]:
    assert Snippet.objects.count() == 0
    return answer.status_code, json.loads(answer.content)["error"]


@pytest.mark.parametrize(
    ("picture", "code"),
    [
        (jpeg(30_000, 30_000), "wrong_frame_size"),
        (jpeg(65_535, 64), "wrong_frame_size"),
        (jpeg(first=hidden_size(30_000, 30_000)), "not_jpeg"),
        (jpeg(kind=0xC2, scans=3_000), "not_jpeg"),
        (jpeg()[: len(jpeg()) // 2], "not_jpeg"),
        (jpeg()[:-1], "not_jpeg"),
        (jpeg() + HTML, "not_jpeg"),
        (jpeg() + ZIP, "not_jpeg"),
        (HTML + jpeg(), "not_jpeg"),
        (PNG, "not_jpeg"),
        (b"GIF89a" + bytes(200), "not_jpeg"),
        (SVG, "not_jpeg"),
        (b"", "not_jpeg"),
        (b"\x00" * 1000, "not_jpeg"),
        (jpeg(padding=600_000), "frame_too_large"),
    ],
    ids=[
        "30000x30000", "65535x64", "a hidden 30000x30000", "3000 scans", "cut in half", "cut by a byte",
        "with a page behind", "with an archive behind", "with a page in front", "a PNG", "a GIF", "an SVG",
        "nothing", "zeros", "too many bytes",
    ],
)  # fmt: skip
def test_a_picture_that_no_camera_makes_is_refused_and_not_kept(
    student: Visitor,
    session: CaptureSession,
    spooled: list[tuple[bytes, ...]],
    picture: bytes,
    code: str,
) -> None:
    answer = send(student, session, frames=frames(picture))

    assert refused(answer) == (413 if code == "frame_too_large" else 400, code)
    assert spooled == []


@pytest.mark.parametrize(
    "inside",
    [segment(0xFE, HTML), segment(0xE1, ZIP), GPS],
    ids=["a page in a comment", "an archive in a segment", "a place"],
)
def test_what_hides_inside_of_a_whole_picture_is_sealed_and_never_given_back(
    student: Visitor, session: CaptureSession, spooled: list[tuple[bytes, ...]], inside: bytes
) -> None:
    """No page serves a frame, to nobody: a polyglot has no reader, and a place in its EXIF neither.

    The row keeps counts alone; the frames lie sealed until they are measured, and are destroyed then.
    """
    answer = send(student, session, frames=frames(jpeg(first=inside)))

    assert answer.status_code == 202
    assert len(spooled) == 1
    (row,) = Snippet.objects.values()
    assert inside[4:12] not in repr(row).encode()


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/zip"])
def test_neither_the_name_nor_the_type_that_a_file_claims_means_anything(
    student: Visitor, session: CaptureSession, kind: str
) -> None:
    name = "../../etc/passwd\x00.svg"
    assert send(student, session, frames=frames(jpeg(), name=name, kind=kind)).status_code == 202


def _files(count: int) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("f", b"x") for _ in range(count)]


@pytest.mark.parametrize(
    "changes",
    [
        {"frames": _files(10_000)},
        {"frames": _files(1), **{f"field{number}": "x" for number in range(10_000)}},
        {"frames": _files(1), "client_id": "x" * 7_000_000},
    ],
    ids=["10,000 files", "10,000 fields", "a field of 7 MB"],
)
def test_a_form_of_too_much_is_refused_while_it_is_read(
    student: Visitor, session: CaptureSession, changes: dict[str, object]
) -> None:
    assert refused(send(student, session, **changes))[0] == 400


BODIES: dict[str, tuple[bytes, str]] = {
    "no boundary": (b"--x\r\n\r\n--x--", "multipart/form-data"),
    "a boundary that never comes": (b"-" * 100_000, "multipart/form-data; boundary=y"),
    "a part without an end": (
        b'--y\r\nContent-Disposition: form-data; name="frames"; filename="f"\r\n\r\n' + b"x" * 100_000,
        "multipart/form-data; boundary=y",
    ),
    "a part header of 5 MB": (
        b"--y\r\nContent-Disposition: form-data; " + b"x" * 5_000_000 + b"\r\n\r\n--y--",
        "multipart/form-data; boundary=y",
    ),
    "ten thousand headers": (
        b"--y\r\n" + b"X: y\r\n" * 10_000 + b"\r\n\r\n--y--",
        "multipart/form-data; boundary=y",
    ),
    "base64 that is none": (
        b'--y\r\nContent-Disposition: form-data; name="frames"; filename="f"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n\xff\xff\xff!!\r\n--y--",
        "multipart/form-data; boundary=y",
    ),
    "json": (b"[" * 100_000, "application/json"),
    "an unknown charset": (b"client_id=x", "application/x-www-form-urlencoded; charset=rot13"),
}


@pytest.mark.parametrize("body", BODIES, ids=str)
def test_a_body_that_is_no_form_is_refused(student: Visitor, session: CaptureSession, body: str) -> None:
    content, kind = BODIES[body]
    url = student.url("snippets", session=session.public_id)

    answer = student.client.generic(
        "POST", url, content, content_type=kind, headers={"accept": "application/json"}
    )

    assert refused(answer)[0] == 400


@pytest.mark.parametrize("field", ["client_id", "captured_at"])
@pytest.mark.parametrize("value", ["\x00", "a\x00b", "2026-11\x00-18T10:00:00", "\ud7ff" * 50, "9" * 10_000])
def test_null_bytes_and_long_numbers_are_no_values(
    student: Visitor, session: CaptureSession, field: str, value: str
) -> None:
    answer = send(student, session, frames=frames(jpeg()), **{field: value})

    assert refused(answer) == (400, "malformed_field")


def _with_cookie(client: Client, value: str) -> "Answer":
    client.cookies["attune_session"] = value
    return client.get("/l/any/capture/")


@pytest.mark.parametrize("key", ["\x00" * 32, "a" * 31 + "\x00", "x" * 10_000, "' OR 1=1 --" * 3])
def test_a_session_key_that_we_never_made_is_no_session(client: Client, key: str) -> None:
    asked: list[Callable[[], Answer]] = [
        lambda: _with_cookie(client, key),
        lambda: Client().get("/l/any/capture/", headers={"X-Attune-Session": key}),
    ]
    assert [ask().status_code for ask in asked] == [403, 403]
