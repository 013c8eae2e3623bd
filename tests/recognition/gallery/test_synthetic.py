"""Synthetic templates: marked, quick, and as far apart as strangers."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from recognition import gateway
from recognition.engines import Metric
from recognition.gallery import synthetic
from recognition.models import Image, SealedPhotograph


def distances(vectors):
    half = len(vectors) // 2
    return np.linalg.norm(vectors[:half] - vectors[half : 2 * half], axis=1)


def test_two_of_them_are_as_far_apart_as_strangers(engine):
    centre = synthetic.centre_of(engine)
    between = distances(synthetic.draw(engine, centre, count=4000, seed=[1]))
    assert 0.8 < between.mean() < 0.9
    assert 0.06 < between.std() < 0.12
    assert (between < engine.record.thresholds.candidate).mean() < 0.01


def test_the_same_seed_draws_the_same(engine):
    centre = np.zeros(engine.record.dimension, np.float32)
    one, two, other = (synthetic.draw(engine, centre, count=5, seed=[seed]) for seed in (1, 1, 2))
    assert (one == two).all()
    assert (one != other).any()


def test_for_the_cosine_they_are_unit_vectors_around_the_origin(engine):
    record = replace(engine.record, metric=Metric.COSINE)
    cosine = SimpleNamespace(record=record)
    drawn = synthetic.draw(cosine, np.zeros(128, np.float32), count=400, seed=[1])
    assert np.allclose(np.linalg.norm(drawn, axis=1), 1, atol=1e-5)
    assert abs((drawn[:200] * drawn[200:]).sum(axis=1).mean()) < 0.05


def test_twenty_thousand_are_there_and_marked(machine, as_role, capsys):
    with as_role("enroller"):
        call_command("gallery", "synthesise", "--count=20000", "--seed=3")
    assert "20000 of 20000" in capsys.readouterr().err
    made = Image.objects.filter(synthetic=True)
    assert made.count() == 20_000
    assert "no person" in made.first().source
    assert not SealedPhotograph.objects.filter(image__synthetic=True).exists()
    with as_role("web"):
        assert gateway.templates_held() == 20_001


def test_a_seed_is_used_once_and_all_or_none_are_written(machine, as_role):
    with as_role("enroller"):
        call_command("gallery", "synthesise", "--count=10", "--seed=3")
        with pytest.raises(CommandError, match="take another"):
            call_command("gallery", "synthesise", "--count=20", "--seed=3")
    assert Image.objects.filter(synthetic=True).count() == 10


def test_real_probes_find_their_mates_among_them_first(machine, as_role):
    with as_role("enroller"):
        call_command("gallery", "synthesise", "--count=2000", "--gallery=booking")
    permit = machine.authorized()
    machine.deliver(permit)
    with as_role("web"):
        best = gateway.candidates(machine.run(permit).id)[0]
        assert gateway.candidate_reference(best.id) == "B-100"
