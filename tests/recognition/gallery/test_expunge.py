"""Taking a subject out: everything of them goes, what was done stays told."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from recognition import gateway
from recognition.models import Candidate, Expungement, Image, SealedPhotograph, Subject
from tests.recognition import machine as machines
from tests.recognition.scene import refused

TABLES = ("template", "sealedphotograph", "image")


def expunge():
    with machines.acting_as("enroller"):
        call_command("gallery", "expunge", "B-100", "--gallery=booking", "--authority=order 7")


def test_template_photograph_and_reference_go_and_the_run_stays(machine, as_role, capsys):
    permit = machine.authorized()
    machine.deliver(permit)
    before = machine.run(permit)
    expunge()
    assert "Expunged 1 photographs and 1 templates" in capsys.readouterr().out
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM recognition_{table}")
            assert cursor.fetchone() == (0,)
    assert Subject.objects.get().reference is None
    receipt = Expungement.objects.get()
    assert (receipt.authority, receipt.images, receipt.templates) == ("order 7", 1, 1)
    assert machine.run(permit) == before
    with as_role("web"):
        (candidate,) = gateway.candidates(before.id)
        assert not candidate.has_image
        assert gateway.candidate_image(candidate.id) is None
        assert gateway.candidate_reference(candidate.id) is None
        assert gateway.gallery_summary("booking").subjects == 0


def test_who_was_expunged_is_no_candidate_any_more(machine):
    expunge()
    permit = machine.authorized()
    machine.deliver(permit)
    assert machine.run(permit).templates_compared == 0
    assert not Candidate.objects.exists()


def test_the_same_reference_can_be_enrolled_anew(machine):
    expunge()
    machines.portrait_file(machine.folder / "new.png", size=420)
    manifest = machines.write_manifest(
        machine.folder / "new.csv", [{"subject": "B-100", "image": "new.png"}]
    )
    machines.enrol(manifest, machine.folder)
    assert (Subject.objects.count(), Image.objects.count()) == (2, 1)
    assert SealedPhotograph.objects.count() == 1


def test_only_the_function_deletes_and_only_what_it_records(machine, live_database):
    with live_database.connect("enroller") as enroller:
        for table in TABLES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                enroller.execute(f"DELETE FROM recognition_{table}")
    with live_database.connect("owner") as owner:
        (subject,) = owner.execute("SELECT id FROM recognition_subject").fetchone()
        # An expungement of another transaction opens nothing.
        owner.execute(
            "INSERT INTO recognition_expungement (subject_id, authority, images, templates)"
            " VALUES (%s, 'forged', 0, 0)",
            [subject],
        )
        for table in TABLES:
            with refused("RC000"):
                owner.execute(f"DELETE FROM recognition_{table}")
        with refused("RC000"):
            owner.execute("UPDATE recognition_subject SET reference = NULL")
