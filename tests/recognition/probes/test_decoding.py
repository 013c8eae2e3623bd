"""Photographs come in once, upright, bare and within limits, or are refused in plain words."""

import hashlib
import struct
import zlib

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from recognition.probes import Limits, ProbeRefused, Refusal, decode, render
from tests.recognition.engines.photographs import insightface_image, portrait
from tests.recognition.probes.photographs import FORMATS, encoded, noise, oriented


def refusal(data, **limits):
    """The code with which these bytes are refused."""
    with pytest.raises(ProbeRefused) as refused:
        decode(data, limits=Limits(**limits))
    assert refused.value.message
    assert refused.value.remedy
    assert "%(" not in refused.value.message
    return refused.value.code


@pytest.mark.parametrize(("form", "media_type"), FORMATS.items())
def test_every_accepted_format_is_decoded(form, media_type):
    data = encoded(portrait(), form)
    probe = decode(data)
    assert (probe.media_type, probe.width, probe.height) == (media_type, 512, 512)
    assert probe.sha256 == hashlib.sha256(data).hexdigest()
    assert probe.pixels.dtype == np.uint8
    difference = np.abs(probe.pixels.astype(int) - portrait()).mean()
    assert difference < 4, "beyond what lossy compression does"


@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_lossless_formats_keep_every_pixel(form):
    np.testing.assert_array_equal(decode(encoded(noise(), form)).pixels, noise())


def test_pixels_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="read-only"):
        decode(encoded(noise())).pixels[0, 0, 0] = 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "TIFF"])
def test_the_orientation_is_applied(form, orientation):
    np.testing.assert_array_equal(decode(oriented(noise(), form, orientation)).pixels, noise())


@pytest.mark.parametrize("orientation", [3, 6, 8])
@pytest.mark.parametrize("form", ["JPEG", "WEBP", "HEIF"])
def test_the_orientation_is_applied_in_lossy_formats(form, orientation):
    probe = decode(oriented(portrait(), form, orientation, quality=95))
    assert np.abs(probe.pixels.astype(int) - portrait()).mean() < 4


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "F"])
def test_other_kinds_of_pixels_become_rgb(mode):
    form = "PNG" if mode not in ("CMYK", "F") else "TIFF"
    probe = decode(encoded(Image.fromarray(portrait()).convert(mode), form))
    grey = np.asarray(Image.fromarray(portrait()).convert("L")).mean()
    assert probe.pixels.shape == (512, 512, 3)
    assert probe.pixels.mean() == pytest.approx(grey, abs=12)


def test_sixteen_bits_of_grey_keep_the_upper_eight():
    deep = noise()[..., 0].astype(np.uint16) * 257
    probe = decode(encoded(Image.fromarray(deep), "PNG"))
    np.testing.assert_array_equal(probe.pixels[..., 0], noise()[..., 0])


def test_transparency_lies_on_white():
    clear = np.zeros((80, 80, 4), np.uint8)
    assert (decode(encoded(Image.fromarray(clear), "PNG")).pixels == 255).all()


def test_a_phones_second_picture_is_no_animation():
    """MPO: a JPEG with a preview or gain map behind it."""
    data = encoded(portrait(), "MPO", save_all=True, append_images=[Image.fromarray(noise())])
    probe = decode(data)
    assert (probe.media_type, probe.width) == ("image/jpeg", 512)


def test_metadata_does_not_reach_a_rendering():
    exif = Image.Exif()
    exif[0x010F] = "Maker of the camera"
    exif[0x8825] = {1: "N", 2: (48.0, 8.0, 0.0)}
    data = encoded(portrait(), "JPEG", exif=exif.tobytes(), comment=b"remark")
    assert b"Maker of the camera" in data
    rendered = render(decode(data))
    for secret in (b"Maker of the camera", b"Exif", b"remark"):
        assert secret not in rendered


def test_nothing_is_refused_as_empty():
    assert refusal(b"") is Refusal.EMPTY


def test_too_many_bytes():
    data = encoded(noise())
    assert refusal(data, max_bytes=len(data) - 1) is Refusal.TOO_MANY_BYTES
    assert decode(data, limits=Limits(max_bytes=len(data)))


def test_large_numbers_are_written_to_be_read():
    with pytest.raises(ProbeRefused) as refused:
        decode(b"x" * 3_000_000, limits=Limits(max_bytes=2 * 1024**2))
    assert refused.value.message == "The file has 2.9\xa0MB; at most 2.0\xa0MB are accepted."
    with pytest.raises(ProbeRefused, match="too_many_pixels") as refused:
        decode(png(7_000, 7_000))
    assert "40,000,000" in refused.value.message


@pytest.mark.parametrize("data", [b"x", b"hello world " * 50, b"\x00" * 1000, b"<html></html>"])
def test_what_is_no_image(data):
    assert refusal(data) is Refusal.NOT_AN_IMAGE


@pytest.mark.parametrize("form", ["GIF", "BMP", "AVIF"])
def test_other_formats_are_named(form):
    with pytest.raises(ProbeRefused) as refused:
        decode(encoded(noise(), form))
    assert refused.value.code is Refusal.UNSUPPORTED_FORMAT
    assert form in refused.value.message


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"8BPS\x00\x01", b"<svg xmlns='x'/>"])
def test_documents_and_drawings_are_named(data):
    assert refusal(data) is Refusal.UNSUPPORTED_FORMAT


@pytest.mark.parametrize("form", ["WEBP", "PNG", "TIFF", "HEIF"])
def test_several_pictures_in_one_file(form):
    data = encoded(noise(), form, save_all=True, append_images=[Image.fromarray(noise(seed=2))])
    assert refusal(data) is Refusal.ANIMATED


@pytest.mark.parametrize(("width", "height"), [(63, 200), (200, 63), (1, 1)])
def test_too_small(width, height):
    assert refusal(encoded(noise(width, height))) is Refusal.TOO_SMALL


def test_the_pixel_limit_is_exact():
    assert decode(encoded(noise(100, 100)), limits=Limits(max_pixels=10_000))
    assert refusal(encoded(noise(101, 100)), max_pixels=10_000) is Refusal.TOO_MANY_PIXELS


def test_decoders_that_need_more_memory_get_fewer_pixels():
    data = encoded(noise(100, 100), "WEBP")
    assert refusal(data, max_pixels=19_999) is Refusal.TOO_MANY_PIXELS
    assert decode(data, limits=Limits(max_pixels=20_000))


def png(width, height, body=b""):
    """A PNG whose header promises these measures."""

    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 20_000, 60_000])
def test_a_bomb_is_seen_in_its_header(side):
    """No pixel is unpacked: there are none in the file."""
    assert refusal(png(side, side)) is Refusal.TOO_MANY_PIXELS


def test_a_real_bomb_is_small_and_refused():
    data = encoded(Image.new("L", (20_000, 20_000)), "PNG")
    assert len(data) < 500_000
    assert refusal(data) is Refusal.TOO_MANY_PIXELS


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_off(form, kept):
    data = encoded(noise(), form)
    assert refusal(data[: int(len(data) * kept)]) is Refusal.DAMAGED


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_of_which_only_the_beginning_is_left(form):
    assert refusal(encoded(noise(), form)[:16]) is Refusal.DAMAGED


def test_a_header_without_pixels():
    assert refusal(png(100, 100)) is Refusal.DAMAGED


def test_a_real_photograph_comes_in():
    probe = decode(insightface_image("t1.jpg").read_bytes())
    assert (probe.width, probe.height) == (1280, 886)


def survives(data):
    """Whatever the bytes: an image, or ProbeRefused; nothing else."""
    try:
        probe = decode(data, limits=Limits(max_pixels=1_000_000))
    except ProbeRefused as refused:
        assert refused.message  # noqa: PT017  # only one of two good outcomes
    else:
        assert probe.pixels.shape == (probe.height, probe.width, 3)


SIGNATURES = [
    b"",
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00",
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    b"RIFF\x20\x00\x00\x00WEBPVP8 ",
    b"RIFF\x20\x00\x00\x00WEBPVP8X",
    b"II*\x00\x08\x00\x00\x00",
    b"MM\x00*\x00\x00\x00\x08",
    b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
]


@given(st.sampled_from(SIGNATURES), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
@example(b"", b"\x00")
def test_random_bytes_never_break_the_door(signature, rest):
    survives(signature + rest)


WHOLE = {form: encoded(noise(80, 70), form) for form in FORMATS}


@given(
    st.sampled_from(sorted(FORMATS)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=4),
    st.floats(0.05, 1),
)
@settings(max_examples=300, deadline=None)
def test_damaged_photographs_never_break_the_door(form, changes, kept):
    data = bytearray(WHOLE[form])
    for place, put in changes:
        start = int(place * (len(data) - 1))
        data[start : start + len(put)] = put
    survives(bytes(data[: max(int(len(data) * kept), 1)]))
