"""A wrapped key and what it sealed, in one piece."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.vault.errors import SealBroken
from lti_tool.vault.keyring import WrappedKey
from lti_tool.vault.packing import pack, unpack

VERSIONS = st.text("abcv0123456789:._-", min_size=1, max_size=40)


@given(st.binary(min_size=1, max_size=300), VERSIONS, st.binary(max_size=300))
def test_what_was_packed_comes_apart_again(body: bytes, version: str, sealed: bytes) -> None:
    key = WrappedKey(body, version)
    assert unpack(memoryview(pack(key, sealed))) == (key, sealed)


@given(st.binary(max_size=200))
def test_anything_else_is_broken_or_comes_apart_but_never_fails_otherwise(data: bytes) -> None:
    try:
        key, sealed = unpack(data)
    except SealBroken:
        return
    assert data.endswith(key.body + sealed)


@pytest.mark.parametrize("keep", [0, 1, 3, 4, 20])
def test_cut_off_it_is_broken(keep: int) -> None:
    whole = pack(WrappedKey(bytes(60), "v1"))
    with pytest.raises(SealBroken):
        unpack(whole[:keep])
