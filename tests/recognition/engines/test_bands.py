"""Bands: names, in the order of the metric, and never a percentage."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recognition.engines import LABELS, Band, Metric, Thresholds, band, measure, similarity
from recognition.engines.embedded.describe import record
from recognition.engines.record import parse_record

FILES = {"blazeface-full-range.onnx": "a" * 64, "dlib-resnet-v1.onnx": "b" * 64}
L2 = parse_record(record(FILES))
COSINE = replace(L2, metric=Metric.COSINE, thresholds=Thresholds(0.6, 0.5, 0.4))
ORDER = [Band.STRONG, Band.LIMITED, Band.WEAK, Band.NONE]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0.0, Band.STRONG),
        (0.5, Band.STRONG),
        (0.5001, Band.LIMITED),
        (0.6, Band.WEAK),
        (0.61, Band.NONE),
    ],
)
def test_distances(value, expected):
    assert band(L2, value) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, Band.STRONG),
        (0.6, Band.STRONG),
        (0.5, Band.LIMITED),
        (0.4, Band.WEAK),
        (0.39, Band.NONE),
    ],
)
def test_cosines(value, expected):
    assert band(COSINE, value) is expected


@given(st.sampled_from([L2, COSINE]), st.floats(-1, 2), st.floats(-1, 2))
def test_more_alike_is_never_a_weaker_band(model, first, second):
    less, more = sorted([first, second], key=lambda value: similarity(model, value))
    assert ORDER.index(band(model, more)) <= ORDER.index(band(model, less))


def test_every_band_has_words_and_no_number():
    assert set(LABELS) == set(Band)
    assert not any(
        sign.isdigit() or sign == "%" for label in LABELS.values() for sign in str(label)
    )


def test_measures_are_the_metrics():
    one, other = np.zeros(128, np.float32), np.zeros(128, np.float32)
    one[0], other[1] = 3, 4
    assert measure(L2, one, other) == pytest.approx(5)
    assert measure(COSINE, one, other) == pytest.approx(0)
    assert measure(COSINE, one, 2 * one) == pytest.approx(1)


def test_templates_of_another_model_are_not_measured():
    with pytest.raises(ValueError, match="128 numbers"):
        measure(L2, np.zeros(128, np.float32), np.zeros(512, np.float32))
