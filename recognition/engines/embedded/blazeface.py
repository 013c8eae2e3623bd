"""MediaPipe's full-range face detector as an InsightFace (SCRFD) detection model.

Network: V. Bazarevsky et al., "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs"
(2019), the dense full-range model of MediaPipe (Apache-2.0). Its 192 px input has one 48 x 48
grid of 16 numbers each: centre, width and height, and six points, in pixels from the cell's middle.

SCRFD's contract, which InsightFace decodes: nine outputs, for strides 8, 16 and 32 a score, four
distances and five points for each of two anchors a cell, in units of the stride from the cell's
corner. At an input of 384 px the 48 x 48 grid is stride 8 exactly; the rest is filled with zeros.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from recognition.engines.embedded.graph import Graph
from recognition.engines.embedded.tflite import Operator, Step, TfliteNetwork

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    import onnx

INPUT_SIZE, NATIVE_SIZE = 384, 192
STRIDES, ANCHORS = (8, 16, 32), 2
CELLS = (INPUT_SIZE // STRIDES[0]) ** 2
# The corners of the mouth lie this far from its middle, in units of the line between the eyes.
MOUTH_HALF_WIDTH = 0.414
SAME = 0


def build_detector(network: TfliteNetwork) -> onnx.ModelProto:
    """Input float32 (1, 3, 384, 384), RGB -1..1; outputs as SCRFD's, for five-point detectors."""
    graph = Graph("blazeface_full_range_scrfd", (1, 3, INPUT_SIZE, INPUT_SIZE))
    halved = graph.add("AveragePool", "input", kernel_shape=[2, 2], strides=[2, 2])
    regression, scores = _convert(graph, halved, network)
    named = {
        "score": (1, _scores(graph, scores)),
        "box": (4, _linear(graph, regression, *box_map())),
        "points": (10, _linear(graph, regression, *points_map())),
    }
    outputs: dict[str, tuple[int, ...]] = {}
    for kind, (width, finest) in named.items():
        for stride in STRIDES:
            rows = ANCHORS * (INPUT_SIZE // stride) ** 2
            tensor = finest if stride == STRIDES[0] else graph.constant(np.zeros((rows, width)))
            outputs[graph.name(tensor, f"{kind}_{stride}")] = (rows, width)
    return graph.model(outputs)


def build_native_detector(network: TfliteNetwork) -> onnx.ModelProto:
    """The same without the contract, for parity: input (1, 3, 192, 192); raw outputs."""
    graph = Graph("blazeface_full_range", (1, 3, NATIVE_SIZE, NATIVE_SIZE))
    regression, scores = _convert(graph, "input", network)
    graph.name(regression, "regression")
    graph.name(scores, "scores")
    return graph.model({"regression": (1, CELLS, 16), "scores": (1, CELLS, 1)})


def box_map() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The matrix (16, 4) and offset (4,) from a cell's 16 numbers to SCRFD's four distances.

    In pixels of the 384 px input: centre = corner + 4 + 2 * regression, size = 2 * regression;
    the distances are left, top, right and bottom, in strides.
    """
    matrix, offset = np.zeros((16, 4)), np.zeros(4)
    for axis in (0, 1):
        matrix[axis, [axis, axis + 2]] = -2, 2
        matrix[axis + 2, [axis, axis + 2]] = 1, 1
        offset[[axis, axis + 2]] = -4, 4
    return matrix / STRIDES[0], offset / STRIDES[0]


def points_map() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """The matrix (16, 10) and offset (10,) to eyes, nose and the two corners of the mouth.

    BlazeFace gives both eyes, the tip of the nose and the middle of the mouth (and the ears);
    the corners are set off from the middle along the line between the eyes.
    """
    matrix = np.zeros((16, 10))
    for axis in (0, 1):
        first_eye, second_eye, nose, mouth = (4 + 2 * point + axis for point in range(4))
        matrix[[first_eye, second_eye, nose], [axis, axis + 2, axis + 4]] = 2
        for column, side in ((axis + 6, -1), (axis + 8, 1)):
            matrix[mouth, column] = 2
            matrix[[first_eye, second_eye], column] = (
                -2 * side * MOUTH_HALF_WIDTH,
                2 * side * MOUTH_HALF_WIDTH,
            )
    return matrix / STRIDES[0], np.full(10, 4 / STRIDES[0])


def _linear(
    graph: Graph,
    regression: str,
    matrix: npt.NDArray[np.float64],
    offset: npt.NDArray[np.float64],
) -> str:
    """One row an anchor: the first anchor is the cell's, the second, unused, stays zero."""
    width = matrix.shape[1]
    product = graph.add("MatMul", regression, graph.constant(np.hstack([matrix, matrix * 0])))
    total = graph.add("Add", product, graph.constant(np.hstack([offset, offset * 0])))
    return graph.add("Reshape", total, graph.constant([CELLS * ANCHORS, width], np.int64))


def _scores(graph: Graph, scores: str) -> str:
    likely = graph.add("Sigmoid", scores)
    both = graph.add("Concat", likely, graph.constant(np.zeros((1, CELLS, 1))), axis=2)
    return graph.add("Reshape", both, graph.constant([CELLS * ANCHORS, 1], np.int64))


def _convert(graph: Graph, image: str, network: TfliteNetwork) -> tuple[str, str]:
    """All operators, channels first; regression (1, 2304, 16) and raw scores (1, 2304, 1)."""
    converter = _Converter(graph, network)
    converter.names[network.inputs[0]] = image
    for step in network.steps:
        converter.convert(step)
    regression, scores = network.outputs
    return converter.names[regression], converter.names[scores]


class _Converter:
    """Maps TensorFlow Lite's tensors (by index, channels last) to ONNX's (by name, first)."""

    def __init__(self, graph: Graph, network: TfliteNetwork) -> None:
        self._graph, self._network = graph, network
        self._constants = dict(network.constants)
        self.names: dict[int, str] = {}

    def convert(self, step: Step) -> None:
        if step.operator is Operator.DEQUANTIZE:  # half-precision weights: widened here and now
            self._constants[step.output] = self._constants[step.inputs[0]]
            return
        writers: dict[Operator, Callable[[Step], str]] = {
            Operator.CONV_2D: self._convolution,
            Operator.DEPTHWISE_CONV_2D: self._depthwise,
            Operator.MAX_POOL_2D: self._max_pool,
            Operator.ADD: lambda step: self._graph.add("Add", *self._inputs(step)),
            Operator.RELU: lambda step: self._graph.add("Relu", *self._inputs(step)),
            Operator.PAD: self._pad,
            Operator.RESIZE_BILINEAR: self._resize,
            Operator.RESHAPE: self._reshape,
        }
        self.names[step.output] = writers[step.operator](step)

    def _inputs(self, step: Step) -> list[str]:
        return [self.names[index] for index in step.inputs]

    def _convolution(self, step: Step) -> str:
        kernel = self._constants[step.inputs[1]].transpose(0, 3, 1, 2)
        return self._weighted(step, kernel, groups=1)

    def _depthwise(self, step: Step) -> str:
        kernel = self._constants[step.inputs[1]].transpose(3, 0, 1, 2)
        return self._weighted(step, kernel, groups=kernel.shape[0])

    def _weighted(self, step: Step, kernel: npt.NDArray[np.generic], groups: int) -> str:
        return self._graph.add(
            "Conv",
            self.names[step.inputs[0]],
            self._graph.constant(kernel),
            self._graph.constant(self._constants[step.inputs[2]]),
            group=groups,
            **self._window(step, kernel.shape[2]),
        )

    def _max_pool(self, step: Step) -> str:
        size = step.options.integer(3)
        return self._graph.add(
            "MaxPool", *self._inputs(step), kernel_shape=[size] * 2, **self._window(step, size)
        )

    def _window(self, step: Step, kernel: int) -> dict[str, list[int]]:
        """Strides and explicit padding; TensorFlow's SAME puts the odd pixel last."""
        stride = step.options.integer(1)
        total = 0
        if step.options.byte(0) == SAME:
            before = self._network.shapes[step.inputs[0]][1]
            after = self._network.shapes[step.output][1]
            total = max((after - 1) * stride + kernel - before, 0)
        first, last = total // 2, total - total // 2
        return {"strides": [stride] * 2, "pads": [first, first, last, last]}

    def _pad(self, step: Step) -> str:
        rows = self._constants[step.inputs[1]][[0, 3, 1, 2]]
        return self._graph.add(
            "Pad", self.names[step.inputs[0]], self._graph.constant(rows.T.ravel(), np.int64)
        )

    def _resize(self, step: Step) -> str:
        height, width, channels = self._network.shapes[step.output][1:]
        sizes = self._graph.constant([1, channels, height, width], np.int64)
        return self._graph.add(
            "Resize",
            self.names[step.inputs[0]],
            "",
            "",
            sizes,
            mode="linear",
            coordinate_transformation_mode="half_pixel",
        )

    def _reshape(self, step: Step) -> str:
        last = self._graph.add("Transpose", self.names[step.inputs[0]], perm=[0, 2, 3, 1])
        shape = self._graph.constant(self._network.shapes[step.output], np.int64)
        return self._graph.add("Reshape", last, shape)
