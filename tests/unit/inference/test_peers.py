"""Peers are timed where they are there, and named where they are not; none can spoil the rest."""

from __future__ import annotations

import pytest

from inference import peers
from inference.errors import UnreadableInput


def test_a_peer_that_is_not_installed_is_said_so_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, snippet: list[bytes]
) -> None:
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    assert peers.time_peers(["fer"], snippet, 300)["fer"] == {"missing": "not installed: pip install fer"}


def test_a_peer_that_fails_says_why_in_one_line_and_the_next_one_is_timed(
    monkeypatch: pytest.MonkeyPatch, snippet: list[bytes]
) -> None:
    def broken() -> peers.Measure:
        raise RuntimeError("weights\n could not be fetched")

    monkeypatch.setattr(peers, "find_spec", lambda name: object())
    monkeypatch.setattr(peers, "PEERS", {"broken": broken, "quick": lambda: lambda picture: picture.mean()})
    timed = peers.time_peers(["broken", "quick"], snippet, 300)
    assert timed["broken"] == {"failed": "RuntimeError: weights could not be fetched"}
    assert timed["quick"]["frames_per_s"] > 0


def test_a_peer_that_nobody_knows_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="nobody"):
        peers.time_peers(["nobody"], [], 300)
