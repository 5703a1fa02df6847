"""A key that does not let itself be seen."""

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable

import pytest

from lti_tool.vault.secrets import KEY_BYTES, SecretKey

MATERIAL = b"0123456789abcdef0123456789ABCDEF"
TRACES = (MATERIAL.decode(), MATERIAL.hex(), repr(MATERIAL))


def assert_no_trace(text: str) -> None:
    assert not any(trace in text for trace in TRACES)


@pytest.mark.parametrize(
    "show",
    [
        repr,
        str,
        format,
        ascii,
        "{!r}".format,
        "%s %r".__mod__,
        lambda key: f"{key}",
        lambda key: f"{key:>80}",
        lambda key: f"{[key]} {{'key': {key!r}}}",
        lambda key: str(vars(key)),
        lambda key: str([getattr(key, name, "") for name in dir(key) if not name.startswith("reveal")]),
    ],
)
def test_no_way_to_print_it_shows_its_bytes(show: Callable[[object], str]) -> None:
    key = SecretKey(MATERIAL)
    key.cipher  # noqa: B018  # also once the cipher is set up
    try:
        shown = show(key)
    except TypeError:
        shown = show((key, key))
    assert_no_trace(shown)


@pytest.mark.parametrize("take", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps, bytes, hash])
def test_it_cannot_be_pickled_copied_dumped_or_hashed(take: Callable[[object], object]) -> None:
    with pytest.raises(TypeError):
        take(SecretKey(MATERIAL))


def test_a_traceback_with_locals_shows_nothing() -> None:
    key = SecretKey(MATERIAL)

    def fails(local_key: SecretKey) -> None:
        raise RuntimeError(f"while holding {local_key}")

    with pytest.raises(RuntimeError) as caught:
        fails(key)
    report = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert_no_trace("".join(report.format()))


def test_a_log_line_shows_nothing(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("test").warning("opened %s with %r", SecretKey(MATERIAL), SecretKey(MATERIAL))
    assert_no_trace(caplog.text)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_it_has_exactly_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SecretKey(bytes(length))


def test_two_keys_are_equal_when_their_bytes_are() -> None:
    assert SecretKey(MATERIAL) == SecretKey(MATERIAL)
    assert SecretKey(MATERIAL) != SecretKey(bytes(KEY_BYTES))
    assert SecretKey(MATERIAL) != MATERIAL


def test_new_keys_differ() -> None:
    assert SecretKey.new() != SecretKey.new()
