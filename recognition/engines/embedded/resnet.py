"""dlib's face recognition ResNet as an InsightFace recognition model.

Network: Davis King, "High Quality Face Recognition with Deep Metric Learning" (2017), and
`examples/dnn_face_recognition_ex.cpp` of dlib: 29 convolutions, 128 outputs, trained with a
metric loss, so that two faces of one person lie within 0.6 of each other in L2 distance.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from recognition.engines.embedded.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt
    import onnx

    from recognition.engines.embedded.dlib_weights import Convolution, DlibNetwork

# A residual block is "a"; "d" halves the resolution as well.
BLOCKS = "aaadaaadaadaad"
CHIP_SIZE, CROP_SIZE, DIMENSION = 150, 224, 128
CHANNEL_MEANS = (122.782, 117.001, 104.298)
CHANNEL_SCALE = 256.0
# From a pixel of dlib's 150 px chip to the same point of the 224 px ArcFace crop. A least-squares
# similarity between the two published sets of five-point targets.
CHIP_TO_CROP = ((1.3411, 0.0070, 12.2427), (-0.0070, 1.3411, 40.5062))


def build_embedder(network: DlibNetwork) -> onnx.ModelProto:
    """Input float32 (1, 3, 224, 224), RGB 0..255, InsightFace's `norm_crop`; output (1, 128)."""
    graph = Graph("dlib_face_recognition_resnet_v1_arcface_crop", (1, 3, CROP_SIZE, CROP_SIZE))
    chip = graph.add(
        "GridSample",
        "input",
        graph.constant(crop_grid()),
        mode="bilinear",
        padding_mode="zeros",
        align_corners=1,
    )
    return _finish(graph, _body(graph, chip, network))


def build_chip_embedder(network: DlibNetwork) -> onnx.ModelProto:
    """The same without the crop, for parity with dlib: input float32 (1, 3, 150, 150)."""
    graph = Graph("dlib_face_recognition_resnet_v1", (1, 3, CHIP_SIZE, CHIP_SIZE))
    return _finish(graph, _body(graph, "input", network))


def crop_grid() -> npt.NDArray[np.float32]:
    """Where each chip pixel lies in the crop, float32 (1, 150, 150, 2), -1..1 corner to corner."""
    rows, columns = np.mgrid[:CHIP_SIZE, :CHIP_SIZE].astype(np.float64)
    points = np.stack([columns, rows, np.ones_like(rows)], axis=-1) @ np.array(CHIP_TO_CROP).T
    grid = points * 2 / (CROP_SIZE - 1) - 1
    return np.asarray(grid[None], np.float32)


def _finish(graph: Graph, embedding: str) -> onnx.ModelProto:
    graph.name(embedding, "embedding")
    return graph.model({"embedding": (1, DIMENSION)})


def _body(graph: Graph, image: str, network: DlibNetwork) -> str:
    layers = iter(network.convolutions)
    means = graph.constant(np.array(CHANNEL_MEANS).reshape(1, 3, 1, 1))
    centred = graph.add("Sub", image, means)
    scaled = graph.add("Div", centred, graph.constant(CHANNEL_SCALE))
    first = next(layers)
    stem = graph.add("Relu", _convolve(graph, scaled, first))
    pooled = graph.add("MaxPool", stem, kernel_shape=[3, 3], strides=[2, 2])
    signal = _Signal(pooled, first.weights.shape[0], _halved(_halved(CHIP_SIZE, 7), 3))
    for kind in BLOCKS:
        block = _halving_block if kind == "d" else _plain_block
        signal = block(graph, signal, layers)
    mean = graph.add("Flatten", graph.add("GlobalAveragePool", signal.name))
    return graph.add("MatMul", mean, graph.constant(network.projection))


@dataclass(frozen=True)
class _Signal:
    """A tensor (1, channels, size, size) on its way through the network."""

    name: str
    channels: int
    size: int


def _halved(size: int, kernel: int) -> int:
    return (size - kernel) // 2 + 1


def _plain_block(graph: Graph, signal: _Signal, layers: Iterator[Convolution]) -> _Signal:
    changed = _two_convolutions(graph, signal, next(layers), next(layers))
    total = graph.add("Relu", graph.add("Add", changed, signal.name))
    return replace(signal, name=total)


def _halving_block(graph: Graph, signal: _Signal, layers: Iterator[Convolution]) -> _Signal:
    """The skip is averaged 2x2; whichever side is smaller is filled with zeros, as dlib does."""
    first = next(layers)
    changed = _two_convolutions(graph, signal, first, next(layers))
    skip = graph.add("AveragePool", signal.name, kernel_shape=[2, 2], strides=[2, 2])
    channels = first.weights.shape[0]
    sizes = _halved(signal.size, 3), _halved(signal.size, 2)
    changed = _filled(graph, changed, 0, max(sizes) - sizes[0])
    skip = _filled(graph, skip, channels - signal.channels, max(sizes) - sizes[1])
    return _Signal(graph.add("Relu", graph.add("Add", changed, skip)), channels, max(sizes))


def _two_convolutions(
    graph: Graph, signal: _Signal, first: Convolution, second: Convolution
) -> str:
    return _convolve(graph, graph.add("Relu", _convolve(graph, signal.name, first)), second)


def _filled(graph: Graph, name: str, channels: int, pixels: int) -> str:
    """Zeros after the last channel, below the last row and right of the last column."""
    if not channels and not pixels:
        return name
    return graph.add(
        "Pad", name, graph.constant([0, 0, 0, 0, 0, channels, pixels, pixels], np.int64)
    )


def _convolve(graph: Graph, signal: str, layer: Convolution) -> str:
    return graph.add(
        "Conv",
        signal,
        graph.constant(layer.weights),
        graph.constant(layer.bias),
        strides=[layer.stride] * 2,
        pads=[layer.padding] * 4,
    )
