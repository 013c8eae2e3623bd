"""Uploads through the door: stored by the web unseen, looked at by the worker alone."""

from uuid import uuid4

import pytest
from django.db import connection
from django.utils import translation

from recognition import gateway, tasks
from recognition.gateway import ProbeRefused, Unknown
from recognition.models import Inspection, ProbeImage
from tests.recognition import machine as machines


def test_an_upload_is_stored_as_it_came_and_waits(machine, as_role):
    probe = machine.store(machines.mate())
    with as_role("web"):
        assert gateway.inspection(probe) is None
        assert len(gateway.probe_digest(probe)) == 64
        with pytest.raises(Unknown):
            gateway.probe_rendition(probe)


def test_nothing_of_the_image_lies_in_the_database_in_the_clear(machine):
    data = machines.mate()
    probe = machine.store(data)
    row = ProbeImage.objects.get(probe_id=probe)
    assert data[:24] not in bytes(row.ciphertext)
    assert len(bytes(row.ciphertext)) == len(data) + 16


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"x" * 101, "too_many_bytes")])
def test_an_upload_that_is_empty_or_too_large_is_refused_at_the_door(machine, settings, data, code):
    settings.PROBE_MAX_BYTES = 100
    with pytest.raises(ProbeRefused) as caught:
        machine.store(data)
    assert caught.value.refusal.code == code
    assert caught.value.refusal.message
    assert caught.value.refusal.remedy


def test_the_worker_finds_the_face_and_cuts_it_out(machine, as_role):
    probe = machine.inspected()
    with as_role("web"):
        seen = gateway.inspection(probe)
        assert seen.accepted
        assert (seen.width, seen.height, seen.media_type) == (400, 400, "image/jpeg")
        (face,) = seen.faces
        assert face.searchable
        assert face.interocular_px > 24
        assert len(face.landmarks) == 5
        for picture in (gateway.probe_rendition(probe), gateway.probe_face_image(probe, 0)):
            assert picture.startswith(b"\xff\xd8")
        with pytest.raises(Unknown):
            gateway.probe_face_image(probe, 1)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"<html>", "not_an_image", "not an image"),
        (b"GIF89a" + bytes(99), "unsupported_format", "GIF"),
    ],
)
def test_what_is_no_photograph_is_refused_in_the_readers_language(
    machine, as_role, data, code, words
):
    probe = machine.inspected(data)
    with as_role("web"), translation.override("en"):
        seen = gateway.inspection(probe)
    assert not seen.accepted
    assert seen.refusal.code == code
    assert words in seen.refusal.message
    assert seen.faces == ()


def test_a_probe_is_inspected_once_however_often_the_message_comes(machine, as_role):
    probe = machine.inspected()
    before = Inspection.objects.get(probe_id=probe).inspected_at
    machines.deliver(tasks.inspect_probe, probe)
    assert Inspection.objects.get(probe_id=probe).inspected_at == before


def test_a_sealed_image_that_was_changed_is_refused(machine, as_role):
    probe = machine.store(machines.mate())
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE recognition_probeimage DISABLE TRIGGER closed")
        cursor.execute(
            "UPDATE recognition_probeimage SET ciphertext = set_byte(ciphertext, 9, 255 -"
            " get_byte(ciphertext, 9))"
        )
    machines.deliver(tasks.inspect_probe, probe)
    with as_role("web"):
        assert gateway.inspection(probe).refusal.code == "damaged"


def test_without_an_engine_the_probe_waits_for_another_try(machine, as_role, settings, tmp_path):
    settings.RECOGNITION_PACKS_ROOT = tmp_path
    probe = machine.store(machines.mate())
    with as_role("worker"):
        tasks.inspect_probe.apply(args=(str(probe),))
    with as_role("web"):
        assert gateway.inspection(probe) is None


def test_unknown_probes_are_unknown(machine, as_role):
    with as_role("web"):
        for ask in (gateway.inspection, gateway.probe_digest, gateway.probe_rendition):
            with pytest.raises(Unknown):
                ask(uuid4())
