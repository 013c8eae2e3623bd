"""What people see: bounded, bare, and every face at one size."""

from io import BytesIO

import numpy as np
from PIL import Image

from recognition.probes import decode, find_faces, render, render_face
from tests.recognition.engines.photographs import group_of_six, portrait
from tests.recognition.probes.photographs import encoded


def opened(data):
    image = Image.open(BytesIO(data))
    assert image.format == "JPEG"
    assert not image.getexif()
    return image


def test_a_large_photograph_is_shown_smaller():
    probe = decode(encoded(np.tile(portrait(), (4, 6, 1)), "JPEG"))
    assert opened(render(probe)).size == (1600, 1067)


def test_a_small_photograph_is_shown_as_it_is():
    image = opened(render(decode(encoded(portrait()))))
    assert image.size == (512, 512)
    assert np.abs(np.asarray(image, int) - portrait()).mean() < 3


def test_every_face_is_shown_at_one_size(engine):
    for pixels in (portrait(), group_of_six()):
        probe = decode(encoded(pixels))
        for face in find_faces(engine, probe):
            image = opened(render_face(probe, face, side=400))
            assert image.size == (400, 400)
            (shown,) = [
                found
                for found in engine.detect(np.asarray(image))
                if found.box[2] - found.box[0] > 150
            ]
            middle = ((shown.box[0] + shown.box[2]) / 2, (shown.box[1] + shown.box[3]) / 2)
            assert np.allclose(middle, 200, atol=30)


def test_beyond_the_edge_it_is_grey(engine):
    probe = decode(encoded(portrait()[60:, 165:]))
    (face,) = find_faces(engine, probe)
    corner = np.asarray(opened(render_face(probe, face)))[5, 5]
    assert np.allclose(corner, 128, atol=6)
