"""The return address: the platform's own site, written so that no browser reads it otherwise."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.lti.protocol.refusals import LaunchRefused, Reason
from lti_tool.lti.protocol.return_address import origin_of_address, return_address

ISSUER = "https://moodle.example.edu"
FRAMES = ("https://school.example.edu", "https://*.instructure.com", "http://127.0.0.1:9000")


def _read(address: object) -> str:
    return return_address(address, issuer=ISSUER, frame_origins=FRAMES)


def _reason(address: object) -> Reason:
    with pytest.raises(LaunchRefused) as refused:
        _read(address)
    return refused.value.reason


@pytest.mark.parametrize(
    "address",
    [
        "https://moodle.example.edu/mod/lti/contentitem_return.php?course=2&id=1&sesskey=aB3",
        "https://moodle.example.edu",
        "HTTPS://Moodle.Example.edu:443/x",
        "https://school.example.edu/return",
        "https://brightwater.instructure.com/courses/1/deep_linking_response?modal=true",
        "http://127.0.0.1:9000/deep-linking/abc",
    ],
)
def test_the_platforms_own_site_is_taken_as_it_is_written(address: str) -> None:
    assert _read(address) == address


@pytest.mark.parametrize("address", [None, ""])
def test_no_address_is_told_apart(address: object) -> None:
    assert _reason(address) is Reason.RETURN_ADDRESS_MISSING


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(document.domain)",
        "JavaScript://moodle.example.edu/%0aalert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "blob:https://moodle.example.edu/1",
        "file:///etc/passwd",
        "//moodle.example.edu/x",
        "/relative",
        " https://moodle.example.edu/",
        "https://moodle.example.edu/\n",
        "https://moodle.example.edu@elsewhere.example/",
        "https://user:secret@moodle.example.edu/",
        "https://elsewhere.example\\.instructure.com/",
        "https://moodle.example.edu\\@elsewhere.example/",
        "https://moodle.example.edu\t.elsewhere.example/",
        "https://[::1]/",
        "https://moodle.exämple.edu/",
        "https:///x",
        "https://moodle.example.edu/" + "x" * 4000,
        7,
        ["https://moodle.example.edu/"],
    ],
)
def test_what_is_no_plain_web_address_is_refused(address: object) -> None:
    assert _reason(address) is Reason.RETURN_ADDRESS_NOT_WEB


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "http://moodle.example.edu/",
        "https://moodle.example.edu:8443/",
        "https://moodle.example.edu.elsewhere.example/",
        "https://sub.moodle.example.edu/",
        "http://brightwater.instructure.com/",
        "https://instructure.com/",
        "https://notinstructure.com/",
        "https://brightwater.instructure.com:8443/",
        "http://127.0.0.1:9001/",
        "https://127.0.0.1:9000/",
    ],
)
def test_another_site_is_refused(address: str) -> None:
    assert _reason(address) is Reason.RETURN_ADDRESS_FOREIGN


@given(address=st.text() | st.text().map(lambda rest: f"https://moodle.example.edu{rest}"))
def test_what_is_taken_leads_to_a_site_that_was_named(address: str) -> None:
    try:
        taken = _read(address)
    except LaunchRefused:
        return
    assert urlsplit(taken).hostname in {"moodle.example.edu"}
    assert origin_of_address(taken) == ISSUER
