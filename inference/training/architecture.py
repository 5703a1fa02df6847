"""The network: a plain residual convolution net over one gray face. Knows nothing of data or fitting."""

from __future__ import annotations

from dataclasses import dataclass

import keras
from keras import layers, ops

VARIANCE_FLOOR = 1.0  # gray levels squared: a blank crop must not become amplified noise


@keras.saving.register_keras_serializable(package="attune")
class StandardiseImage(layers.Layer):  # type: ignore[misc]
    """Give every image mean zero and variance one, so that exposure and contrast are not features."""

    def call(self, images: keras.KerasTensor) -> keras.KerasTensor:
        """images: (N, size, size, 1)."""
        centred = images - ops.mean(images, axis=(1, 2, 3), keepdims=True)
        variance = ops.mean(ops.square(centred), axis=(1, 2, 3), keepdims=True)
        return centred * ops.rsqrt(variance + VARIANCE_FLOOR)


@dataclass(frozen=True, slots=True)
class Architecture:
    """Stage widths and blocks in each; every stage after the first halves the resolution."""

    input_size: int
    expressions: int
    widths: tuple[int, ...] = (32, 48, 96, 160)
    blocks: tuple[int, ...] = (0, 1, 1, 2)
    dropout: float = 0.3

    def build(self) -> keras.Model:
        """A keras.Model from gray levels 0-255, (N, size, size, 1), to one logit per expression."""
        image = keras.Input((self.input_size, self.input_size, 1), name="image")
        features = _activated(_convolution(StandardiseImage()(image), self.widths[0]))
        for stage, (width, count) in enumerate(zip(self.widths, self.blocks, strict=True)):
            for block in range(count):
                features = _residual_block(features, width, stride=2 if stage and not block else 1)
        pooled = layers.Dropout(self.dropout)(layers.GlobalAveragePooling2D()(features))
        return keras.Model(image, layers.Dense(self.expressions, name="logits")(pooled), name="expressions")


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
    return layers.BatchNormalization(momentum=0.95, gamma_initializer=gamma)(features)


def _activated(features: keras.KerasTensor) -> keras.KerasTensor:
    return layers.Activation("relu")(features)
