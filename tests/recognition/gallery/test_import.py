"""Filling a gallery through the command that operators use."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from recognition import gateway
from recognition.models import EnrolmentLine, Image, Subject
from tests.recognition import machine as machines
from tests.recognition.engines import photographs


def templates():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM recognition_template")
        return cursor.fetchone()[0]


def rows(*images):
    return [{"subject": f"S-{n}", "image": image} for n, image in enumerate(images)]


@pytest.fixture
def folder(machine):
    for size in (420, 450, 480):
        machines.portrait_file(machine.folder / f"{size}.png", size=size)
    return machine.folder


def test_every_refusal_is_reported_with_its_line_reason_and_remedy(folder):
    (folder / "text.jpg").write_text("hello")
    (folder / "out.png").symlink_to("/etc/hostname")
    (folder / "folder.png").mkdir()
    (folder / "six.jpg").write_bytes(machines.group())
    bad = {
        "text.jpg": "not_an_image",
        "../../etc/passwd": "outside_root",
        "/etc/passwd": "outside_root",
        "out.png": "outside_root",
        "gone.png": "no_such_file",
        "folder.png": "no_such_file",
        "six.jpg": "several_faces",
        "collins.png": "other_subject",
    }
    manifest = machines.write_manifest(folder / "bad.csv", rows(*bad, "420.png"))
    report = json.loads(machines.enrol(manifest, folder, "--json"))
    assert [line["code"] for line in report["refused"]] == list(bad.values())
    assert [line["line"] for line in report["refused"]] == list(range(1, 9))
    assert all(line["message"] and line["remedy"] for line in report["refused"])
    assert (report["enrolled"], report["left"]) == (1, 0)
    assert templates() == 2


def test_a_manifest_that_was_broken_off_goes_on_where_it_stopped(folder, monkeypatch):
    manifest = machines.write_manifest(folder / "three.csv", rows("420.png", "450.png", "480.png"))
    engine, seen = photographs.embedded_engine(), []
    real = type(engine).embed

    def breaks(self, image, face):
        seen.append(image.shape[0])
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(self, image, face)

    monkeypatch.setattr(type(engine), "embed", breaks)
    with pytest.raises(KeyboardInterrupt):
        machines.enrol(manifest, folder)
    assert templates() == 2
    report = json.loads(machines.enrol(manifest, folder, "--json"))
    assert (report["enrolled"], report["left"]) == (3, 0)
    assert seen == [420, 450, 450, 480]
    assert templates() == 4
    machines.enrol(manifest, folder)
    assert len(seen) == 4


def test_the_same_photograph_in_another_manifest_is_not_enrolled_twice(folder):
    manifest = machines.write_manifest(
        folder / "again.csv", [{"subject": "B-100", "image": "collins.png", "source": "again"}]
    )
    report = json.loads(machines.enrol(manifest, folder, "--json"))
    assert [line["code"] for line in report["refused"]] == ["already_enrolled"]
    assert templates() == 1


def test_a_second_photograph_stands_with_its_subject_and_its_source(folder):
    manifest = machines.write_manifest(
        folder / "more.csv",
        [{"subject": "B-100", "image": "420.png", "source": "desk", "captured_on": "2026-01-02"}],
    )
    machines.enrol(manifest, folder)
    image = Image.objects.get(source="desk")
    assert image.subject.reference == "B-100"
    assert image.captured_on.isoformat() == "2026-01-02"
    assert Subject.objects.count() == 1


def test_reports_keep_no_reference(folder):
    manifest = machines.write_manifest(
        folder / "private.csv", [{"subject": "PRIVATE-9", "image": "gone.png"}]
    )
    machines.enrol(manifest, folder)
    assert "PRIVATE" not in str(list(EnrolmentLine.objects.values()))


@pytest.mark.parametrize(
    "arguments",
    [
        ["import", "absent.csv", "--root", "."],
        ["import", "absent.csv", "--root", "nowhere"],
        ["import", "manifest.csv", "--root", ".", "--gallery", "no slug"],
        ["activate", "horoscope"],
        ["synthesise", "--count", "0"],
        ["expunge", "B-100", "--gallery", "booking", "--authority", " "],
        ["expunge", "B-999", "--gallery", "booking", "--authority", "order 7"],
    ],
)
def test_input_that_cannot_be_used_ends_with_a_reason(folder, as_role, monkeypatch, arguments):
    monkeypatch.chdir(folder)
    with as_role("enroller"), pytest.raises(CommandError) as caught:
        call_command("gallery", *arguments)
    assert caught.value.returncode == 2
    assert templates() == 1


def test_galleries_are_listed_with_what_they_hold(folder, as_role, capsys):
    with as_role("enroller"):
        call_command("gallery", "list", "--json")
        listed = json.loads(capsys.readouterr().out)
        call_command("gallery", "activate", listed["active_model"])
        call_command("gallery", "list")
    assert "1 subjects, 1 templates" in capsys.readouterr().out
    (gallery,) = listed["galleries"]
    assert (gallery["slug"], gallery["templates"], gallery["kind"]) == ("booking", 1, "booking")
    with as_role("web"):
        assert gateway.galleries()[0].model == gateway.active_model().slug
