"""Sealed bytes know their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lti_tool.vault.errors import SealBroken
from lti_tool.vault.sealing import NONCE_BYTES, seal, unseal
from lti_tool.vault.secrets import SecretKey

KEY = SecretKey(bytes(range(32)))
PLACE = b"record|1|file|record"


@given(st.binary(max_size=500), st.binary(max_size=100))
def test_what_was_sealed_comes_back(plaintext: bytes, binding: bytes) -> None:
    assert unseal(seal(plaintext, KEY, binding=binding), KEY, binding=binding) == plaintext


@given(st.binary(min_size=8, max_size=200))
def test_the_plaintext_is_not_in_the_sealed_bytes(plaintext: bytes) -> None:
    assert plaintext not in seal(plaintext, KEY, binding=PLACE)


@given(st.binary(max_size=50), st.data())
def test_one_changed_bit_anywhere_is_noticed(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(seal(plaintext, KEY, binding=PLACE))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        unseal(bytes(sealed), KEY, binding=PLACE)


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_bytes_moved_to_another_place_do_not_open(here: bytes, there: bytes) -> None:
    if here != there:
        with pytest.raises(SealBroken):
            unseal(seal(b"score", KEY, binding=here), KEY, binding=there)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"score", KEY, binding=PLACE), SecretKey.new(), binding=PLACE)


@pytest.mark.parametrize("length", range(0, 40, 3))
def test_cut_off_bytes_do_not_open(length: int) -> None:
    with pytest.raises(SealBroken):
        unseal(seal(b"a score of somebody", KEY, binding=PLACE)[:length], KEY, binding=PLACE)


def test_every_nonce_is_fresh() -> None:
    nonces = {seal(b"same", KEY, binding=PLACE)[:NONCE_BYTES] for _ in range(500)}
    assert len(nonces) == 500


def test_a_memoryview_opens_as_postgresql_hands_it_out() -> None:
    assert unseal(memoryview(seal(b"score", KEY, binding=PLACE)), KEY, binding=PLACE) == b"score"
