"""How `golden.json` was made: run by hand, in an environment of its own with the originals.

    python -m venv reference && reference/bin/pip install dlib-bin ai-edge-litert scikit-image
    reference/bin/python make.py RESNET.dat FULL_RANGE.tflite > golden.json

The numbers are what dlib 20.0.1 and LiteRT 2.3.0 (its reference kernels) themselves give for the
images of `images.py`; the project installs neither.
"""

import json
import sys

import dlib
import numpy as np
from ai_edge_litert.interpreter import Interpreter, OpResolverType
from images import CELLS, chips, detector_inputs


def embeddings(weights: str) -> dict[str, list[float]]:
    network = dlib.face_recognition_model_v1(weights)
    return {
        name: [float(value) for value in np.ravel(network.compute_face_descriptor(chip))]
        for name, chip in chips().items()
    }


def detections(model: str) -> dict[str, list[list[float]]]:
    """For each image and chosen cell: sixteen regressions and the raw score."""
    interpreter = Interpreter(
        model_path=model, experimental_op_resolver_type=OpResolverType.BUILTIN_REF
    )
    interpreter.allocate_tensors()
    regression, score = (detail["index"] for detail in interpreter.get_output_details())
    found = {}
    for name, image in detector_inputs().items():
        tensor = image[None].astype(np.float32) / 127.5 - 1
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], tensor)
        interpreter.invoke()
        both = interpreter.get_tensor(regression), interpreter.get_tensor(score)
        found[name] = np.concatenate(both, axis=2)[0, CELLS].astype(float).tolist()
    return found


if __name__ == "__main__":
    document = {"embeddings": embeddings(sys.argv[1]), "detections": detections(sys.argv[2])}
    sys.stdout.write(json.dumps(document, indent=1) + "\n")
