"""Read the layers of dlib's face recognition network from its `.dat` file.

The form is that of `dlib::serialize` (dlib/serialize.h, dlib/dnn/layers.h, Boost licence),
as its author documents it: an integer is a control byte (low nibble: bytes that follow, 0x80:
negative) and its little-endian bytes; a tensor is the integer 2, four dimensions and the raw
little-endian float32 values; a layer begins with its name, length first.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

CONVOLUTION, AFFINE, FULLY_CONNECTED = b"\x01\x05con_4", b"\x01\x07affine_", b"\x01\x04fc_2"
TENSOR_VERSION = 2


class WeightsUnreadableError(ValueError):
    """A weight file is not what its name promises."""


@dataclass(frozen=True)
class Convolution:
    """One convolution with the affine layer after it folded in.

    `weights` float32 (filters, channels, height, width); `bias` float32 (filters,).
    """

    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    stride: int
    padding: int


@dataclass(frozen=True)
class DlibNetwork:
    """Convolutions in the order of execution, and the last matrix, float32 (256, 128)."""

    convolutions: tuple[Convolution, ...]
    projection: npt.NDArray[np.float32]


class _Reader:
    def __init__(self, data: bytes, position: int) -> None:
        self._data = data
        self.position = position

    def integer(self) -> int:
        control = self._data[self.position]
        start, size = self.position + 1, control & 0x0F
        self.position = start + size
        value = int.from_bytes(self._data[start : start + size], "little")
        return -value if control & 0x80 else value

    def integers(self, count: int) -> list[int]:
        return [self.integer() for _ in range(count)]

    def tensor(self) -> npt.NDArray[np.float32]:
        version, *shape = self.integers(5)
        if version != TENSOR_VERSION:
            raise WeightsUnreadableError(
                f"A tensor of version {version} stands at {self.position}."
            )
        values = np.frombuffer(self._data, "<f4", prod(shape), self.position)
        self.position += values.nbytes
        return values.reshape(shape)


def read_dlib_network(data: bytes) -> DlibNetwork:
    """All layers of `dlib_face_recognition_resnet_model_v1.dat`.

    Raises WeightsUnreadableError where the bytes are no such file.
    """
    convolutions, position = [], 0
    while (start := data.find(CONVOLUTION, position)) >= 0:
        convolution, position = _folded_convolution(data, start)
        convolutions.append(convolution)
    start = _find(data, FULLY_CONNECTED, position)
    reader = _Reader(data, start + len(FULLY_CONNECTED))
    outputs, inputs = reader.integers(2)
    return DlibNetwork(tuple(convolutions), reader.tensor().reshape(inputs, outputs))


def _find(data: bytes, name: bytes, position: int) -> int:
    start = data.find(name, position)
    if start < 0:
        raise WeightsUnreadableError(f"The layer {name[2:].decode()} is missing.")
    return start


def _folded_convolution(data: bytes, start: int) -> tuple[Convolution, int]:
    """A convolution and its affine: (W*gamma, b*gamma + beta)."""
    reader = _Reader(data, start + len(CONVOLUTION))
    values = reader.tensor().ravel()
    filters, _, _, stride, _, padding, _ = reader.integers(7)
    _, *shape = reader.integers(5)
    kernel, bias = values[:-filters].reshape(shape), values[-filters:]
    affine = _Reader(data, _find(data, AFFINE, reader.position) + len(AFFINE))
    gamma, beta = affine.tensor().reshape(2, filters)
    folded = Convolution(kernel * gamma[:, None, None, None], bias * gamma + beta, stride, padding)
    return folded, affine.position
