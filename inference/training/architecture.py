"""The network: a plain residual convolution net over one gray face. Knows nothing of data or fitting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import keras
from keras import layers

from inference.contract import EXPRESSIONS
from inference.layers import FusedBatchNormalization, StandardiseImage
from inference.training.dataset import FER2013_LABELS

# One head for each way of labelling. The first is served; the second makes the first's features better and
# lets the network be compared with others that were made for FER2013's own labels.
HEADS: Mapping[str, int] = {"expressions": len(EXPRESSIONS), "fer2013": len(FER2013_LABELS)}


@dataclass(frozen=True, slots=True)
class Architecture:
    """A stem, then stages of residual blocks; every stage after the first halves the resolution.

    stem: channels of the first convolution. stem_stride 2: it halves the resolution already.
    """

    input_size: int = 44
    stem: int = 32
    stem_stride: int = 1
    widths: tuple[int, ...] = (32, 64, 128, 256)
    blocks: tuple[int, ...] = (0, 1, 2, 1)
    dropout: float = 0.3

    def build(self) -> keras.Model:
        """A keras.Model from gray levels 0-255, (N, size, size, 1), to the logits of each head by name."""
        image = keras.Input((self.input_size, self.input_size, 1), name="image")
        # In full precision whatever the policy: gray levels squared are too large for half of it.
        features = _convolution(
            StandardiseImage(dtype="float32")(image),
            self.stem,
            stride=self.stem_stride,
            kernel=2 + self.stem_stride,  # an even kernel for an even stride: every pixel counts alike
        )
        features = _activated(features)
        for stage, (width, count) in enumerate(zip(self.widths, self.blocks, strict=True)):
            for block in range(count):
                features = _residual_block(features, width, stride=2 if stage and not block else 1)
        pooled = layers.Dropout(self.dropout)(layers.GlobalAveragePooling2D()(features))
        heads = {name: layers.Dense(size, name=name, dtype="float32")(pooled) for name, size in HEADS.items()}
        return keras.Model(image, heads, name="expressions")


# The sizes that the search compares (docs/model/search.md), by the names that the command line takes.
ARCHITECTURES: Mapping[str, Architecture] = {
    "trial": Architecture(widths=(32, 48, 96, 192), blocks=(1, 1, 1, 1)),
    "tapered": Architecture(stem=32, widths=(32, 64, 128, 256), blocks=(0, 1, 2, 1)),
    "early": Architecture(stem=64, stem_stride=2, widths=(64, 128, 256), blocks=(1, 1, 1)),
    "middle": Architecture(stem=64, stem_stride=2, widths=(64, 128, 256), blocks=(1, 2, 1)),
    "deep": Architecture(stem=48, stem_stride=2, widths=(48, 96, 192), blocks=(2, 2, 2)),
    "teacher": Architecture(stem=64, stem_stride=2, widths=(64, 128, 256), blocks=(2, 3, 2)),
}


def _residual_block(features: keras.KerasTensor, width: int, *, stride: int) -> keras.KerasTensor:
    inner = _activated(_convolution(features, width, stride=stride))
    inner = _convolution(inner, width, gamma="zeros")  # each block starts as the identity
    if stride > 1 or features.shape[-1] != width:
        features = _convolution(features, width, stride=stride, kernel=1)
    return _activated(layers.Add()([features, inner]))


def _convolution(
    features: keras.KerasTensor, width: int, *, stride: int = 1, kernel: int = 3, gamma: str = "ones"
) -> keras.KerasTensor:
    features = layers.Conv2D(
        width, kernel, strides=stride, padding="same", use_bias=False, kernel_initializer="he_normal"
    )(features)
    return FusedBatchNormalization(momentum=0.95, gamma_initializer=gamma)(features)


def _activated(features: keras.KerasTensor) -> keras.KerasTensor:
    return layers.Activation("relu")(features)
