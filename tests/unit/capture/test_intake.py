"""What breaks a bound is refused with a code of its own, before anything is stored."""

import uuid
from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lti_tool.capture.intake import read_submission
from lti_tool.capture.limits import FRAME_MAX_BYTES, SNIPPET_MAX_BYTES
from lti_tool.core.errors import BadInput
from tests.unit.capture.pictures import jpeg

FIELDS = {"client_id": str(uuid.uuid4()), "captured_at": "2026-11-18T10:00:00.000Z"}


def files(*contents: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("frame.jpg", content) for content in contents]


def test_a_snippet_inside_all_bounds_is_read() -> None:
    submission = read_submission(FIELDS, files(*[jpeg()] * 8), expected=8)
    assert str(submission.client_id) == FIELDS["client_id"]
    assert submission.captured_at.isoformat() == "2026-11-18T10:00:00+00:00"
    assert submission.byte_count == 8 * len(jpeg())


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ([jpeg()] * 7, "wrong_frame_count"),
        ([jpeg()] * 9, "wrong_frame_count"),
        ([], "wrong_frame_count"),
        ([jpeg()] * 7 + [b"GIF89a" + bytes(200)], "not_jpeg"),
        ([jpeg()] * 7 + [b""], "not_jpeg"),
        ([jpeg()] * 7 + [jpeg()[:-2]], "not_jpeg"),
        ([jpeg()] * 7 + [jpeg(4000, 3000)], "wrong_frame_size"),
        ([jpeg()] * 7 + [jpeg(32, 480)], "wrong_frame_size"),
        ([jpeg()] * 7 + [jpeg(padding=FRAME_MAX_BYTES)], "frame_too_large"),
        ([jpeg(padding=SNIPPET_MAX_BYTES // 8)] * 8, "snippet_too_large"),
    ],
)
def test_each_bound_has_its_own_refusal(contents: list[bytes], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_submission(FIELDS, files(*contents), expected=8)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "fields",
    [
        {},
        FIELDS | {"client_id": "seven"},
        FIELDS | {"captured_at": "yesterday"},
        FIELDS | {"captured_at": ""},
        {"client_id": FIELDS["client_id"]},
    ],
)
def test_fields_that_cannot_be_read_are_refused(fields: Mapping[str, str]) -> None:
    with pytest.raises(BadInput) as refused:
        read_submission(fields, files(*[jpeg()] * 8), expected=8)
    assert refused.value.code == "malformed_field"


def test_a_refused_file_is_not_read() -> None:
    class Untouchable(SimpleUploadedFile):
        def read(self, num_bytes: int | None = None) -> bytes:
            raise AssertionError("It was read before its size was known.")

    with pytest.raises(BadInput):
        read_submission(FIELDS, [Untouchable("frame.jpg", bytes(FRAME_MAX_BYTES + 1))] * 8, expected=8)
