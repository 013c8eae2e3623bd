"""The converted networks give what dlib and TensorFlow Lite themselves give.

`golden/golden.json` holds what the originals gave; `golden/make.py` says how it was made.
"""

import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from recognition.engines.embedded import blazeface, resnet, weights
from recognition.engines.embedded.dlib_weights import read_dlib_network
from recognition.engines.embedded.tflite import read_tflite
from tests.recognition.engines.golden.images import CELLS, chips, detector_inputs, pattern
from tests.recognition.engines.photographs import WEIGHTS

GOLDEN = json.loads((Path(__file__).parent / "golden/golden.json").read_text())


def run(model, image):
    """All outputs by name, for one RGB image already scaled, float32 (height, width, 3)."""
    data = model if isinstance(model, bytes) else model.SerializeToString()
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    tensor = np.asarray(image, np.float32).transpose(2, 0, 1)[None]
    return dict(zip(names, session.run(names, {"input": tensor}), strict=True))


@pytest.fixture(scope="module")
def dlib_network(pack):
    return read_dlib_network(weights.fetch(weights.RESNET, cache=WEIGHTS))


@pytest.fixture(scope="module")
def blazeface_network(pack):
    return read_tflite(weights.fetch(weights.BLAZEFACE, cache=WEIGHTS))


@pytest.mark.parametrize("name", chips())
def test_the_embedder_is_dlibs(dlib_network, name):
    found = run(resnet.build_chip_embedder(dlib_network), chips()[name])["embedding"][0]
    np.testing.assert_allclose(found, GOLDEN["embeddings"][name], rtol=0, atol=4e-7)


@pytest.mark.parametrize("name", detector_inputs())
def test_the_detector_is_mediapipes(blazeface_network, name):
    image = detector_inputs()[name] / 127.5 - 1
    found = run(blazeface.build_native_detector(blazeface_network), image)
    expected = np.array(GOLDEN["detections"][name])
    np.testing.assert_allclose(found["regression"][0, CELLS], expected[:, :16], atol=1.3e-4, rtol=0)
    np.testing.assert_allclose(found["scores"][0, CELLS], expected[:, 16:], atol=2e-5, rtol=0)


def test_the_packs_detector_says_the_same_in_scrfds_words(pack):
    """Each pixel doubled, so that averaging two by two gives the golden image back."""
    image = detector_inputs()["portrait"].repeat(2, axis=0).repeat(2, axis=1) / 127.5 - 1
    found = run((pack / "blazeface-full-range.onnx").read_bytes(), image)
    for cell, numbers in zip(CELLS, GOLDEN["detections"]["portrait"], strict=True):
        corner = np.array([cell % 48, cell // 48]) * 8.0
        points = np.array(numbers[:16]).reshape(8, 2)
        centre, size = corner + 4 + 2 * points[0], 2 * points[1]
        eyes_nose_mouth = corner + 4 + 2 * points[2:6]
        along_eyes = 0.414 * (eyes_nose_mouth[1] - eyes_nose_mouth[0])
        mouth = eyes_nose_mouth[3]
        five = [*eyes_nose_mouth[:3], mouth - along_eyes, mouth + along_eyes]
        row = 2 * cell
        distances = found["box_8"][row] * 8
        np.testing.assert_allclose(corner - distances[:2], centre - size / 2, atol=1e-3)
        np.testing.assert_allclose(corner + distances[2:], centre + size / 2, atol=1e-3)
        np.testing.assert_allclose(
            corner + found["points_8"][row].reshape(5, 2) * 8, np.array(five), atol=1e-3
        )
        np.testing.assert_allclose(found["score_8"][row], 1 / (1 + np.exp(-numbers[16])), atol=1e-5)
        assert found["score_8"][row + 1] == 0


def test_scrfds_coarser_strides_are_silent(pack):
    image = detector_inputs()["portrait"].repeat(2, axis=0).repeat(2, axis=1) / 127.5 - 1
    found = run((pack / "blazeface-full-range.onnx").read_bytes(), image)
    assert [name for name in found if name.startswith("score")] == [
        "score_8",
        "score_16",
        "score_32",
    ]
    for stride, rows in ((16, 1152), (32, 288)):
        assert found[f"score_{stride}"].shape == (rows, 1)
        assert not found[f"score_{stride}"].any()


def test_the_packs_embedder_crops_the_chip_out_of_insightfaces_square(pack, dlib_network):
    """Sampled by hand, the chip gives the same embedding."""
    square = pattern(224).astype(np.float32)
    rows, columns = np.mgrid[:150, :150]
    x = 1.3411 * columns + 0.0070 * rows + 12.2427
    y = -0.0070 * columns + 1.3411 * rows + 40.5062
    chip = bilinear(square, x, y)
    expected = run(resnet.build_chip_embedder(dlib_network), chip)["embedding"]
    found = run((pack / "dlib-resnet-v1.onnx").read_bytes(), square)["embedding"]
    np.testing.assert_allclose(found, expected, atol=2e-4)


def bilinear(image, x, y):
    """Values between pixels; outside the image is black."""
    framed = np.pad(image, ((1, 32), (1, 32), (0, 0)))
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    across, down = (x - left)[..., None], (y - top)[..., None]
    upper = framed[top + 1, left + 1] * (1 - across) + framed[top + 1, left + 2] * across
    lower = framed[top + 2, left + 1] * (1 - across) + framed[top + 2, left + 2] * across
    return upper * (1 - down) + lower * down
