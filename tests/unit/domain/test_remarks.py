"""What is said of a session is plain text of a bounded length, and outranks the estimate."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from lti_tool.domain.remarks import LONGEST, Remark, counts

FLAGS = st.booleans()


def test_only_a_session_that_does_not_fit_is_left_out() -> None:
    assert counts(None)
    assert counts(Remark("I had a migraine"))
    assert not counts(Remark(does_not_fit=True))


@given(st.text(), FLAGS)
def test_what_was_typed_becomes_plain_text_and_stays_it(typed: str, flag: bool) -> None:
    remark = Remark.of(typed, does_not_fit=flag)
    assert not [c for c in remark.text if c != "\n" and unicodedata.category(c) in {"Cc", "Cs"}]
    assert remark.text == remark.text.strip()
    assert Remark.of(remark.text, does_not_fit=flag) == remark
    remark.text.encode()  # no half characters


def test_lines_are_kept_and_what_is_no_text_is_not() -> None:
    remark = Remark.of("  migraine,\r\nnot\tstress\x00\x1b ", does_not_fit=False)
    assert remark.text == "migraine,\nnot stress"


def test_the_bound_is_on_what_is_kept() -> None:
    assert not Remark.of("é" * LONGEST + "  \r\n", does_not_fit=False).is_too_long
    assert Remark.of("é" * (LONGEST + 1), does_not_fit=False).is_too_long


def test_nothing_said_is_nothing_to_keep() -> None:
    assert Remark.of(" \r\n\x00", does_not_fit=False).is_empty
    assert not Remark.of("", does_not_fit=True).is_empty
