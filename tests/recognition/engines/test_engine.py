"""The engine on real photographs, through its one door."""

import json
import shutil
import subprocess
import sys
import warnings
from itertools import combinations, product

import numpy as np
import pytest
from PIL import Image

from recognition.engines import Band, DetectedFace, EngineUnavailable, band, load_engine, measure
from tests.recognition.engines.photographs import (
    REPOSITORY,
    group_of_six,
    portrait,
    shared_face,
)


def template(engine, path):
    pixels = np.asarray(Image.open(path).convert("RGB"))
    (face,) = engine.detect(pixels)
    return engine.embed(pixels, face)


@pytest.fixture(scope="module")
def subjects(engine):
    """Templates of two people, two photographs each."""
    return {
        subject: [template(engine, shared_face(f"subject-{subject}-{take}")) for take in "ab"]
        for subject in (1, 2)
    }


def test_mates_lie_under_the_threshold(engine, subjects):
    for first, second in subjects.values():
        value = measure(engine.record, first, second)
        assert value < engine.record.thresholds.strong
        assert band(engine.record, value) is Band.STRONG


def test_non_mates_lie_over_the_threshold(engine, subjects):
    for first, second in product(subjects[1], subjects[2]):
        value = measure(engine.record, first, second)
        assert value > engine.record.thresholds.candidate
        assert band(engine.record, value) is Band.NONE


def test_six_people_are_found_from_left_to_right(engine):
    faces = engine.detect(group_of_six())
    assert len(faces) == 6
    assert [face.box[0] for face in faces] == sorted(face.box[0] for face in faces)
    templates = [engine.embed(group_of_six(), face) for face in faces]
    values = [measure(engine.record, *pair) for pair in combinations(templates, 2)]
    # One of the fifteen pairs, a face in half profile, is a false match of this pack (0.56).
    assert sum(value <= engine.record.thresholds.candidate for value in values) <= 1


def test_a_face_is_described_in_pixels_of_the_image(engine):
    (face,) = engine.detect(portrait())
    left, top, right, bottom = face.box
    assert (left, top, right, bottom) == pytest.approx((173, 68, 280, 174), abs=3)
    left_eye, right_eye, nose, left_mouth, right_mouth = face.landmarks
    assert left_eye[0] < nose[0] < right_eye[0]
    assert left_mouth[0] < right_mouth[0]
    assert left_eye[1] < nose[1] < left_mouth[1] < bottom
    assert face.landmarks.dtype == np.float32
    assert 0.5 <= face.confidence <= 1


def test_a_template_has_the_records_width_and_is_the_same_every_time(engine):
    (face,) = engine.detect(portrait())
    first, again = engine.embed(portrait(), face), engine.embed(portrait(), face)
    assert first.shape == (128,)
    assert first.dtype == np.float32
    np.testing.assert_array_equal(first, again)


def test_the_whole_photograph_and_the_faces_surroundings_give_one_template(engine):
    """The engine cuts before it aligns: the cut must not show."""
    (face,) = engine.detect(portrait())
    wide = np.pad(portrait(), ((900, 900), (900, 900), (0, 0)), mode="edge")
    moved = DetectedFace(face.box, face.landmarks + np.float32(900), face.confidence)
    there, here = engine.embed(wide, moved), engine.embed(portrait(), face)
    assert measure(engine.record, here, there) < 0.01


def test_no_face_is_no_error(engine):
    assert engine.detect(np.full((300, 300, 3), 127, np.uint8)) == []


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((100, 100), np.uint8),
        np.zeros((100, 100, 4), np.uint8),
        np.zeros((100, 100, 3), np.float32),
    ],
)
def test_what_is_no_rgb_image_is_refused(engine, image):
    with pytest.raises(EngineUnavailable, match="ValueError"):
        engine.detect(image)


def test_loading_prints_nothing_and_warns_of_nothing(pack, capfd):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        engine = load_engine(pack, allowed_root=pack.parent)
        (face,) = engine.detect(portrait())
        engine.embed(portrait(), face)
    assert capfd.readouterr() == ("", "")


def in_a_fresh_process(code):
    """What the code prints, run from the repository by our own interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=REPOSITORY, check=True
    )
    return done.stdout.strip()


def test_the_web_never_pays_for_the_model_libraries():
    found = in_a_fresh_process(
        "import sys, recognition.engines, recognition.probes\n"
        "print([n for n in ('insightface', 'onnxruntime', 'onnx', 'cv2') if n in sys.modules])"
    )
    assert found == "[]"


def test_a_worker_stays_under_600_megabytes(pack):
    """Django, the engine, and a photograph of the largest size that is accepted."""
    code = f"""
import io
from pathlib import Path
import celery, django
from PIL import Image
from recognition.engines import load_engine
from recognition.probes import Limits, decode, find_faces, render
pack = Path({str(pack)!r})
engine = load_engine(pack, allowed_root=pack.parent)
target = io.BytesIO()
Image.effect_noise((1000, 1000), 40).resize((6300, 6300)).save(target, "JPEG")
data = target.getvalue()
target = None
"""
    measure_code = """
probe = decode(data)
assert probe.width * probe.height > 0.99 * Limits().max_pixels
find_faces(engine, probe)
render(probe)
# Not getrusage: its figure is inherited from the process that started this one.
status = Path("/proc/self/status").read_text()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""
    assert int(in_a_fresh_process(code + measure_code)) < 600


def test_a_pack_compared_by_cosine_gives_unit_vectors(pack, engine, tmp_path):
    """Another pack is another directory: here the same models under another record."""
    copy = tmp_path / "packs/cosine"
    shutil.copytree(pack, copy)
    record = json.loads((copy / "model-record.json").read_text())
    record |= {
        "id": "cosine-pack",
        "metric": "cosine",
        "thresholds": {"strong": 0.97, "limited": 0.95, "candidate": 0.93},
    }
    (copy / "model-record.json").write_text(json.dumps(record))
    other = load_engine(copy, allowed_root=copy.parent)
    (face,) = other.detect(portrait())
    vector = other.embed(portrait(), face)
    raw = engine.embed(portrait(), face)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    np.testing.assert_allclose(vector, raw / np.linalg.norm(raw), atol=1e-6)
    assert measure(other.record, vector, vector) == pytest.approx(1)
    assert band(other.record, measure(other.record, vector, vector)) is Band.STRONG
