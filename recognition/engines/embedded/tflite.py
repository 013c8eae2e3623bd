"""Read a float TensorFlow Lite file: its operators in order, its constants as numpy arrays.

Field numbers are those of TensorFlow's `schema.fbs` (version 3); only what a float convolution
network needs is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from flatbuffers import number_types
from flatbuffers.table import Table

if TYPE_CHECKING:
    import numpy.typing as npt


class Operator(IntEnum):
    """The builtin operators that the face detector uses, by TensorFlow Lite's codes."""

    ADD = 0
    CONV_2D = 3
    DEPTHWISE_CONV_2D = 4
    DEQUANTIZE = 6
    MAX_POOL_2D = 17
    RELU = 19
    RESHAPE = 22
    RESIZE_BILINEAR = 23
    PAD = 34


# Field numbers of the tables that are read (schema.fbs counts from 0 in the order of declaration).
_MODEL_CODES, _MODEL_SUBGRAPHS, _MODEL_BUFFERS = 1, 2, 4
_CODE_BUILTIN = 0
_GRAPH_TENSORS, _GRAPH_INPUTS, _GRAPH_OUTPUTS, _GRAPH_OPERATORS = 0, 1, 2, 3
_TENSOR_SHAPE, _TENSOR_TYPE, _TENSOR_BUFFER, _BUFFER_DATA = 0, 1, 2, 0
_STEP_CODE, _STEP_INPUTS, _STEP_OUTPUTS, _STEP_OPTIONS = 0, 1, 2, 4
_DTYPES = {0: "<f4", 1: "<f2", 2: "<i4"}


@dataclass(frozen=True)
class Step:
    """One operator: indices of the tensors it reads and writes, and its options table."""

    operator: Operator
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Fields

    @property
    def output(self) -> int:
        return self.outputs[0]


@dataclass(frozen=True)
class TfliteNetwork:
    """Operators in the order of execution; constants by tensor index."""

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    shapes: tuple[tuple[int, ...], ...]
    steps: tuple[Step, ...]
    constants: dict[int, npt.NDArray[np.generic]] = field(repr=False)


class Fields:
    """One flatbuffers table, read by field number; absent fields are 0 or empty."""

    def __init__(self, table: Table | None) -> None:
        self._table = table

    def _offset(self, number: int) -> int:
        return int(self._table.Offset(4 + 2 * number)) if self._table else 0

    def byte(self, number: int) -> int:
        return self._scalar(number, number_types.Int8Flags)

    def integer(self, number: int) -> int:
        return self._scalar(number, number_types.Int32Flags)

    def _scalar(self, number: int, kind: type) -> int:
        offset = self._offset(number)
        return int(self._table.Get(kind, self._table.Pos + offset)) if self._table and offset else 0

    def integers(self, number: int) -> tuple[int, ...]:
        return tuple(int(value) for value in self._vector(number, number_types.Int32Flags))

    def data(self, number: int) -> bytes:
        return self._vector(number, number_types.Uint8Flags).tobytes()

    def _vector(self, number: int, kind: type) -> npt.NDArray[np.generic]:
        offset = self._offset(number)
        if not self._table or not offset:
            return np.empty(0, np.uint8)
        values: npt.NDArray[np.generic] = self._table.GetVectorAsNumpy(kind, offset)
        return values

    def table(self, number: int) -> Fields:
        offset = self._offset(number)
        if not self._table or not offset:
            return Fields(None)
        return Fields(Table(self._table.Bytes, self._table.Indirect(self._table.Pos + offset)))

    def tables(self, number: int) -> list[Fields]:
        offset = self._offset(number)
        if not self._table or not offset:
            return []
        start, buffer = self._table.Vector(offset), self._table.Bytes
        places = range(start, start + 4 * self._table.VectorLen(offset), 4)
        return [Fields(Table(buffer, self._table.Indirect(place))) for place in places]


def read_tflite(data: bytes) -> TfliteNetwork:
    """The first subgraph of a TensorFlow Lite file."""
    buffer = bytearray(data)
    model = Fields(Table(buffer, int.from_bytes(data[:4], "little")))
    graph = model.tables(_MODEL_SUBGRAPHS)[0]
    codes = [Operator(code.byte(_CODE_BUILTIN)) for code in model.tables(_MODEL_CODES)]
    tensors = graph.tables(_GRAPH_TENSORS)
    return TfliteNetwork(
        inputs=graph.integers(_GRAPH_INPUTS),
        outputs=graph.integers(_GRAPH_OUTPUTS),
        shapes=tuple(tensor.integers(_TENSOR_SHAPE) for tensor in tensors),
        steps=tuple(_step(step, codes) for step in graph.tables(_GRAPH_OPERATORS)),
        constants=_constants(tensors, model.tables(_MODEL_BUFFERS)),
    )


def _step(fields: Fields, codes: list[Operator]) -> Step:
    return Step(
        operator=codes[fields.integer(_STEP_CODE)],
        inputs=fields.integers(_STEP_INPUTS),
        outputs=fields.integers(_STEP_OUTPUTS),
        options=fields.table(_STEP_OPTIONS),
    )


def _constants(tensors: list[Fields], buffers: list[Fields]) -> dict[int, npt.NDArray[np.generic]]:
    found: dict[int, npt.NDArray[np.generic]] = {}
    for index, tensor in enumerate(tensors):
        data = buffers[tensor.integer(_TENSOR_BUFFER)].data(_BUFFER_DATA)
        if data:
            values = np.frombuffer(data, _DTYPES[tensor.byte(_TENSOR_TYPE)])
            found[index] = values.reshape(tensor.integers(_TENSOR_SHAPE))
    return found
