"""Snippets that are measured together, with the committed model and a real face."""

from __future__ import annotations

from dataclasses import replace

from inference import Analyser
from inference.expressions import Crops, Shares
from inference.runtimes import Network


class Counting:
    """A network that remembers how many crops it was asked about, each time."""

    def __init__(self, network: Network) -> None:
        self.device, self.network, self.asked = network.device, network, list[int]()

    def shares(self, crops: Crops) -> Shares:
        self.asked.append(len(crops))
        return self.network.shares(crops)


def test_snippets_measured_together_are_measured_as_each_would_be_alone(
    analyser: Analyser, snippet: list[bytes]
) -> None:
    several = [snippet[:5], [], [b"not a picture", *snippet[2:]], [b"nor this one"] * 8, snippet[::-1]]
    assert analyser.measure_many(several) == [analyser.measure(frames) for frames in several]


def test_the_faces_of_all_snippets_go_through_the_network_in_one_call(
    analyser: Analyser, snippet: list[bytes]
) -> None:
    network = Counting(analyser.stages.network)
    counted = Analyser(analyser.contract, replace(analyser.stages, network=network))
    measured = counted.measure_many([snippet, snippet[:3], [b"not a picture"]])
    assert network.asked[-1] == 11
    assert [each.valid_frames for each in measured] == [8, 3, 0]


def test_no_snippets_are_no_measurements(analyser: Analyser) -> None:
    assert analyser.measure_many([]) == []
