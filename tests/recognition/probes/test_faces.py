"""Which faces a photograph shows, which one is meant, and what is wrong with it."""

import json

import numpy as np
import pytest
from PIL import Image, ImageFilter

from recognition.engines import DetectedFace, measure
from recognition.probes import (
    FINDING_LABELS,
    Finding,
    ProbeRefused,
    Refusal,
    choose_face,
    decode,
    find_faces,
)
from recognition.probes.detection import overlap
from recognition.probes.quality import assess, turn
from tests.recognition.engines.photographs import (
    group_of_six,
    insightface_image,
    portrait,
    shared_face,
)
from tests.recognition.probes.photographs import encoded, oriented


def faces_of(engine, pixels):
    return find_faces(engine, decode(encoded(pixels)))


def enlarged(pixels, factor):
    height, width = pixels.shape[:2]
    return np.asarray(
        Image.fromarray(pixels).resize((round(width * factor), round(height * factor)))
    )


def refusal(faces, chosen=None):
    with pytest.raises(ProbeRefused) as refused:
        choose_face(faces, chosen)
    assert "%(" not in refused.value.message
    return refused.value


def test_one_face_needs_no_choice(engine):
    faces = faces_of(engine, portrait())
    assert choose_face(faces) is faces[0]
    assert choose_face(faces, 0) is faces[0]


def test_a_good_portrait_has_nothing_wrong(engine):
    (face,) = faces_of(engine, portrait())
    assert face.findings == ()
    assert face.quality > 0.8
    assert face.interocular_px == pytest.approx(41, abs=2)


def test_no_face(engine):
    assert refusal(faces_of(engine, np.full((200, 200, 3), 99, np.uint8))).code is Refusal.NO_FACE


def test_several_faces_want_a_choice(engine):
    faces = faces_of(engine, group_of_six())
    refused = refusal(faces)
    assert refused.code is Refusal.SEVERAL_FACES
    assert "6 faces" in refused.message
    assert choose_face(faces, 5) is faces[5]


@pytest.mark.parametrize("chosen", [-1, 6, 99])
def test_a_face_that_is_not_there(engine, chosen):
    assert refusal(faces_of(engine, group_of_six()), chosen).code is Refusal.NO_SUCH_FACE


def test_a_face_under_the_minimum_says_by_how_much(engine):
    (face,) = faces_of(engine, enlarged(portrait(), 0.5))
    assert not face.comparable
    assert Finding.SMALL in face.findings
    refused = refusal([face])
    assert refused.code is Refusal.FACE_TOO_SMALL
    assert "64 and 24" in refused.message


def test_a_face_at_the_minimum_is_accepted(engine):
    (face,) = faces_of(engine, enlarged(portrait(), 0.64))
    assert 64 <= face.width < 72
    assert choose_face([face]) is face


@pytest.mark.parametrize("orientation", [2, 3, 5, 6, 7, 8])
def test_a_turned_copy_is_the_same_photograph(engine, orientation):
    (upright,) = faces_of(engine, portrait())
    (turned,) = find_faces(engine, decode(oriented(portrait(), "PNG", orientation)))
    assert turned.as_document() == upright.as_document()


@pytest.mark.parametrize(
    ("form", "apart"), [("JPEG", 0.2), ("WEBP", 0.2), ("TIFF", 1e-6), ("HEIF", 0.2)]
)
def test_every_format_gives_one_and_the_same_person(engine, form, apart):
    def template(data):
        probe = decode(data)
        return engine.embed(probe.pixels, choose_face(find_faces(engine, probe)).detected)

    original, copy = template(encoded(portrait())), template(encoded(portrait(), form))
    assert measure(engine.record, original, copy) <= apart


def test_blur_is_measured_and_named(engine):
    def sharpness(radius):
        blurred = Image.fromarray(portrait()).filter(ImageFilter.GaussianBlur(radius))
        (face,) = faces_of(engine, np.asarray(blurred))
        return face

    faces = [sharpness(radius) for radius in (0, 1, 2, 3)]
    measured = [face.measures.sharpness for face in faces]
    assert measured == sorted(measured, reverse=True)
    assert Finding.BLURRED not in faces[0].findings
    assert Finding.BLURRED in faces[3].findings
    assert faces[3].quality < 0.5


def test_darkness_is_not_held_against_a_face(engine):
    """Limits on brightness would be limits on skin."""
    (light,) = faces_of(engine, portrait())
    (dark,) = faces_of(engine, (portrait() * 0.4).astype(np.uint8))
    assert dark.measures.sharpness == pytest.approx(light.measures.sharpness, abs=0.05)
    assert Finding.BLURRED not in dark.findings


def face_with_nose_at(x):
    landmarks = np.array([[40, 50], [80, 50], [x, 75], [45, 95], [75, 95]], np.float32)
    return DetectedFace((20, 20, 100, 110), landmarks, 0.9)


def test_a_face_that_turns_away_loses_quality():
    pixels = np.zeros((120, 120, 3), np.uint8)
    measured = [assess(pixels, face_with_nose_at(x)).pose for x in (60, 70, 80, 90)]
    assert measured[0] == 1
    assert measured == sorted(measured, reverse=True)
    assert Finding.TURNED_AWAY in assess(pixels, face_with_nose_at(84)).findings()


def test_a_tilted_head_is_not_turned_away():
    """The face is turned upright before it is compared."""
    face = face_with_nose_at(60)
    angle = np.radians(40)
    spin = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    tilted = DetectedFace(face.box, (face.landmarks @ spin.T).astype(np.float32), 0.9)
    assert turn(tilted) == pytest.approx(turn(face), abs=1e-5)


def test_a_real_half_profile_is_named(engine):
    """The fifth of the six looks to the side."""
    faces = faces_of(engine, group_of_six())
    assert [Finding.TURNED_AWAY in face.findings for face in faces] == [False] * 4 + [True, False]


def test_a_face_at_the_edge_is_cut_off(engine):
    (face,) = faces_of(engine, portrait()[:, 190:])
    assert Finding.CUT_OFF in face.findings


class Seeing:
    """An engine that sees what it is told, to place faces exactly."""

    def __init__(self, engine, *boxes):
        self.record = engine.record
        self.faces = [DetectedFace(box, face_with_nose_at(60).landmarks, 0.9) for box in boxes]

    def detect(self, _image):
        return self.faces


@pytest.mark.parametrize(("left", "named"), [(90, True), (101, False)])
def test_faces_that_overlap_are_named(engine, left, named):
    seeing = Seeing(engine, (10, 10, 100, 100), (left, 10, left + 90, 100))
    faces = find_faces(seeing, decode(encoded(np.zeros((200, 200, 3), np.uint8))))
    assert [Finding.OVERLAPPED in face.findings for face in faces] == [named, named]


def test_every_finding_has_words():
    assert set(FINDING_LABELS) == set(Finding)


def test_the_document_is_json_in_the_contracts_form(engine):
    (face,) = faces_of(engine, portrait())
    document = json.loads(json.dumps(face.as_document()))
    assert document.keys() >= {"box", "landmarks", "quality", "interocular_px"}
    assert len(document["box"]) == 4
    assert np.shape(document["landmarks"]) == (5, 2)
    assert 0 <= document["quality"] <= 1


def test_nothing_about_the_person_is_inferred(engine):
    (face,) = faces_of(engine, portrait())
    words = json.dumps(face.as_document()).lower()
    assert not any(word in words for word in ("age", "sex", "gender", "race", "emotion", "skin"))


class TestLargePhotographs:
    def test_small_faces_of_a_crowd_are_found(self, engine):
        """Six people, 70 px wide, in each of four places of twelve megapixels."""
        group = enlarged(group_of_six(), 2 / 3)
        scene = np.full((3000, 4000, 3), 120, np.uint8)
        height, width = group.shape[:2]
        for top, left in ((100, 200), (1300, 1500), (2300, 3000), (50, 3000)):
            scene[top : top + height, left : left + width] = group
        assert engine.detect(scene) == []
        faces = faces_of(engine, scene)
        assert len(faces) == 24
        assert all(55 < face.width < 110 for face in faces)

    def test_one_large_face_stays_one(self, engine):
        (face,) = faces_of(engine, enlarged(portrait(), 6))
        assert face.width == pytest.approx(6 * 107, rel=0.05)

    def test_a_photograph_without_faces_stays_without(self, engine):
        noise = np.random.default_rng(3).integers(0, 256, (1500, 2000, 3), dtype=np.uint8)
        assert faces_of(engine, noise) == []

    def test_tiles_find_what_the_whole_finds(self, engine):
        whole = faces_of(engine, group_of_six())
        wide = np.pad(group_of_six(), ((600, 600), (800, 800), (0, 0)), constant_values=120)
        for inside, outside in zip(whole, faces_of(engine, wide), strict=True):
            left, top, right, bottom = outside.box
            assert overlap((left - 800, top - 600, right - 800, bottom - 600), inside.box) > 0.8


def test_a_face_that_fills_the_photograph_is_found(engine):
    data = insightface_image("Tom_Hanks_54745.png").read_bytes()
    (face,) = find_faces(engine, decode(data))
    assert face.comparable


def test_shared_photographs_show_one_good_face_each(engine):
    for name in ("subject-1-a", "subject-1-b", "subject-2-a", "subject-2-b"):
        face = choose_face(find_faces(engine, decode(shared_face(name).read_bytes())))
        assert face.quality > 0.8, name
