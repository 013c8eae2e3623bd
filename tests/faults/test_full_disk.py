"""A full disk: the page says so, nothing that was saved is lost, and work goes on afterwards."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from oversight.site.demo.browser import StoryError
from oversight.site.stack import Stack
from tests.faults.conftest import QUICK, Town, eventually, furnish, one_more

pytestmark = [pytest.mark.stack, pytest.mark.fault]

MEGABYTES = 400


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A small disk of its own, where this user may mount one.

    Not among pytest's folders: a disk that a killed run left there would fail every later run,
    when pytest tidies up.
    """
    folder = Path(tempfile.mkdtemp(prefix="oversight-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=0755", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        folder.rmdir()
        pytest.skip("only root can mount a small disk to fill up")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)
    folder.rmdir()


@pytest.fixture(scope="module")
def town(disk) -> Iterator[Town]:
    """A stack whose whole state lies on the small disk."""
    (disk / "state").mkdir()
    with Stack(state=disk / "state", environment=QUICK) as stack:
        yield furnish(stack)


def _fill(disk: Path) -> Path:
    """Write until nothing fits any more."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 65_536)
        except OSError:
            return filler


def test_an_upload_to_a_full_disk_is_refused_and_can_be_sent_again(disk, town):
    officer = town.officer
    page = officer.submit(officer.open("/requests/"), action="/new/")
    case = {
        "case_number": "26-0900",
        "case_opened_on_month": "1",
        "case_opened_on_day": "2",
        "case_opened_on_year": "2026",
        "purpose": "criminal_investigation",
        "nibrs": "120",
        "severity": "violent_felony",
    }
    officer.submit(page, case)
    upload = page.url.replace("/case/", "/image/")
    photograph = town.story.seeded.photographs.probe
    before = town.count("SELECT count(*) FROM recognition_probe")

    filler = _fill(disk)
    try:
        for _try in range(40):  # until the space inside the database's own files is used up too
            officer.submit(officer.open(upload), files={"image": photograph})
        pytest.skip("this file system let the database write on")
    except (StoryError, requests.RequestException) as refusal:
        # A page of ours, or no answer at all while PostgreSQL ends and starts again.
        said = str(refusal)
        assert "Traceback" not in said
        assert "psycopg" not in said
    finally:
        filler.unlink()

    _settle(town)
    again = officer.open(page.url)
    assert any(field.attributes.get("value") == "26-0900" for field in again.main.every("input"))
    officer.submit(officer.open(upload), files={"image": photograph})
    assert town.count("SELECT count(*) FROM recognition_probe") > before


def _settle(town: Town) -> None:
    """Do what `make serve` does: start again what ended, here until all have stayed up."""
    for _round in range(20):
        time.sleep(3)
        ended = [name for name, process in town.stack.processes.items() if not process.alive()]
        if not ended:
            town.stack.wait_ready()
            return
        town.stack.start(*ended)
    pytest.fail("the programs do not stay up")


def test_a_search_runs_after_the_disk_was_full(town):
    before = town.searches()
    town.submitted("26-0901")
    town.story.sign_off(town.supervisor)
    assert eventually(town, one_more(before)) == one_more(before)
