"""A small builder over `onnx.helper`, so that a network reads as a list of its layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
from onnx import TensorProto, checker, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

# GridSample needs 16; 17 is the newest that every ONNX Runtime still supported reads.
OPSET = 17
IR_VERSION = 8


class Graph:
    """Collects the nodes and constants of one float32 network with one input, `input`.

    Names are numbered in the order of the calls, so the same calls give the same bytes.
    """

    def __init__(self, name: str, input_shape: tuple[int, ...]) -> None:
        self._name = name
        self._input = helper.make_tensor_value_info("input", TensorProto.FLOAT, input_shape)
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, values: npt.ArrayLike, dtype: npt.DTypeLike = np.float32) -> str:
        """The name of a new constant tensor."""
        name = f"constant_{len(self._constants)}"
        array = np.ascontiguousarray(values, dtype=dtype)
        self._constants.append(numpy_helper.from_array(array, name))
        return name

    def add(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Append one node; the name of its only output."""
        output = f"{operator.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, inputs, [output], output, **attributes))
        return output

    def name(self, tensor: str, output: str) -> str:
        """Give a tensor the name under which it leaves the network."""
        self._nodes.append(helper.make_node("Identity", [tensor], [output], output))
        return output

    def model(self, outputs: Mapping[str, tuple[int, ...]]) -> onnx.ModelProto:
        """The checked model with these named outputs and their shapes."""
        declared = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in outputs.items()
        ]
        graph = helper.make_graph(
            self._nodes, self._name, [self._input], declared, initializer=self._constants
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        checker.check_model(model)
        return model
