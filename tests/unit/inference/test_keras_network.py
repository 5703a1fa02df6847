"""The Keras runtime answers as the LiteRT one does, for any number of crops. Needs Keras."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from inference import Analyser, Runtime
from inference.contract import EXPRESSIONS, KERAS_FILE, NETWORK_FILE
from inference.frames import Gray
from inference.runtimes import Network

pytestmark = [pytest.mark.training, pytest.mark.timeout(600)]

# Of a share (0-1). The LiteRT file that ships has its weights in 8 bits: .025 was the most that was measured
# on 1,500 faces. Without the rounding only the order of additions differs.
EIGHT_BIT_DIFFERENCE = 0.05
FLOAT_DIFFERENCE = 1e-3
SIZE = 44
HEADS = {"fer2013": 7, "expressions": len(EXPRESSIONS)}


@pytest.fixture(scope="module")
def keras_analyser() -> Iterator[Analyser]:
    pytest.importorskip("keras", reason="Keras is not installed: its runtime needs the full requirement set")
    with Analyser.load(runtime=Runtime.KERAS) as opened:
        yield opened


@pytest.fixture(scope="module")
def network(keras_analyser: Analyser) -> Network:
    return keras_analyser.stages.network


@pytest.fixture(scope="module")
def faces(keras_analyser: Analyser, snippet: list[bytes]) -> list[Gray]:
    """The sample's faces, upright, mirrored and dimmed."""
    crops = [crop for crop in keras_analyser.stages.crops(snippet) if not isinstance(crop, str)]
    return [*crops, *(crop[:, ::-1] for crop in crops), *(crop // 2 for crop in crops)]


def noise(count: int) -> Gray:
    return np.random.default_rng(3).integers(0, 256, (count, SIZE, SIZE), dtype=np.uint8)


def test_both_runtimes_share_out_the_votes_alike(
    network: Network, analyser: Analyser, faces: list[Gray]
) -> None:
    assert len(faces) == 24
    ours, theirs = network.shares(faces), analyser.stages.network.shares(faces)
    assert ours.sum(axis=1) == pytest.approx(1)
    assert np.abs(ours - theirs).max() < EIGHT_BIT_DIFFERENCE


@pytest.mark.parametrize("count", [0, 1, 2, 9, 257])
def test_crops_are_answered_together_as_alone_however_many(network: Network, count: int) -> None:
    crops = noise(count)
    together = network.logits(crops)
    assert together.shape == (count, len(EXPRESSIONS))
    for row in {0, count // 2, count - 1} if count else set():
        assert network.logits(crops[row : row + 1])[0] == pytest.approx(together[row], abs=1e-4)


def test_after_loading_no_number_of_crops_is_compiled_for_again(network: Network) -> None:
    from inference.keras_network import BATCHES, KerasNetwork

    assert isinstance(network, KerasNetwork)
    for count in (1, 5, 24, 100, 300):
        network.logits(noise(count))
    assert network._run.experimental_get_tracing_count() == len(BATCHES)


def test_a_snippet_scores_alike_in_both_runtimes(
    keras_analyser: Analyser, analyser: Analyser, snippet: list[bytes]
) -> None:
    ours, theirs = keras_analyser.measure(snippet), analyser.measure(snippet)
    assert ours.valid_frames == theirs.valid_frames == 8
    assert ours.score == pytest.approx(theirs.score, abs=EIGHT_BIT_DIFFERENCE)


def test_of_two_heads_both_runtimes_serve_the_expressions(tmp_path: Path) -> None:
    from inference.expressions import ExpressionNet
    from inference.keras_network import KerasNetwork

    kept, litert = two_headed(tmp_path)
    ours, theirs = KerasNetwork(kept, 1.0), ExpressionNet(litert, 1.0)
    crops = noise(20)
    assert ours.logits(crops).shape == (20, len(EXPRESSIONS))
    assert np.abs(ours.shares(crops) - theirs.shares(crops)).max() < FLOAT_DIFFERENCE


def test_with_a_mirror_both_runtimes_answer_with_the_mean_of_both_views(tmp_path: Path) -> None:
    from inference.expressions import ExpressionNet
    from inference.keras_network import KerasNetwork

    kept, litert = two_headed(tmp_path)
    crops = noise(20)
    alone = ExpressionNet(litert, 1.0)
    both = (alone.logits(crops) + alone.logits(crops[:, :, ::-1])) / 2
    assert np.abs(both - alone.logits(crops)).max() > 1e-3
    for network in (KerasNetwork(kept, 1.0, mirror=True), ExpressionNet(litert, 1.0, mirror=True)):
        assert network.logits(crops) == pytest.approx(both, abs=1e-3)


def two_headed(folder: Path) -> tuple[Path, Path]:
    """A tiny network with a head of each kind, as Keras keeps it and in LiteRT. The wanted one comes last."""
    import keras
    import tensorflow as tf

    from inference.layers import StandardiseImage

    image = keras.Input((SIZE, SIZE, 1))
    features = keras.layers.Flatten()(keras.layers.AveragePooling2D(4)(StandardiseImage()(image)))
    heads = {name: keras.layers.Dense(size, name=name)(features) for name, size in HEADS.items()}
    model = keras.Model(image, heads)
    kept, litert = folder / KERAS_FILE, folder / NETWORK_FILE
    model.save(kept)
    one_crop = keras.InputSpec(shape=(1, SIZE, SIZE, 1), dtype="float32")
    model.export(folder / "saved", format="tf_saved_model", input_signature=[one_crop], verbose=False)
    litert.write_bytes(tf.lite.TFLiteConverter.from_saved_model(str(folder / "saved")).convert())
    return kept, litert
