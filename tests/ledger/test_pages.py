"""The record's public pages and files, as a reader and as a verifier fetch them."""

import io
import re
import tarfile
from types import SimpleNamespace

import pytest

from oversight.ledger import verifier
from oversight.ledger.configuration import Configuration
from oversight.ledger.events import ENTRY_SEALED, HEARTBEAT, SELF_AUDIT
from oversight.ledger.verifier import check_export, check_proof
from tests.interface.markup import Page, faults
from tests.ledger.logs import Log

# Every page asks whether the board has suspended use, for its banner.
pytestmark = pytest.mark.django_db

LEAF = '{"commitment":"%s","event":"%s","kind":%d,"public":{"day":"2026-03-04"%s},"v":1}'


@pytest.fixture
def log(tmp_path, settings):
    """A published record of 300 entries, which the pages show."""
    made = Log(tmp_path / "log")
    settings.LEDGER_PUBLISHED, settings.LEDGER_STATE = str(made.published), str(made.root / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0
    audited = LEAF % ("22" * 32, SELF_AUDIT.slug, SELF_AUDIT.number, ',"findings":2')
    heartbeat = LEAF % ("00" * 32, HEARTBEAT.slug, HEARTBEAT.number, "")
    sealed = LEAF % (
        "11" * 32,
        ENTRY_SEALED.slug,
        ENTRY_SEALED.number,
        ',"entry":7,"basis":"Order <i>12</i> of the court"',
    )
    made.source.held = [heartbeat.encode()] * 298 + [audited.encode(), sealed.encode()]
    made.publish()
    return made


@pytest.fixture
def at_that_time(log, monkeypatch):
    """The clock stands where the record's does."""
    clock = SimpleNamespace(time=lambda: log.now)  # of that module alone, not of the process
    monkeypatch.setattr("oversight.ledger.status.time", clock)


@pytest.mark.usefixtures("at_that_time")
def test_the_page_says_how_the_record_stands_and_shows_the_newest_entries(client, log):
    page = Page(client.get("/ledger/").content.decode())
    assert faults(page) == []
    text = page.one("main").text
    assert "signed and up to date" in text
    assert "No witness is appointed yet" in text
    assert "test.example/record" in text
    assert "Entry 299: Two people destroyed the key to an entry" in text
    assert "Entry 290" in text
    assert "Entry 289" not in text
    assert "2 things did not match" in text
    assert "The nightly check found something that does not match" in text


def test_the_page_says_how_to_check_with_commands_that_the_program_knows(client, log):
    text = Page(client.get("/ledger/").content.decode()).one("main").text
    told = set(re.findall(r"python verifier\.py ([a-z-]+)", text))
    assert told == {"export", "consistency", "split-view"}
    assert told <= set(re.findall(r"python verifier\.py ([a-z-]+)", verifier.__doc__))
    assert "pip install cryptography" in text


def test_a_late_checkpoint_and_a_contradiction_are_told_to_everyone(client, log):
    text = Page(client.get("/ledger/").content.decode()).one("main").text
    assert "The next checkpoint is late" in text
    log.source.held.pop()
    with pytest.raises(RuntimeError):
        log.publish()
    text = Page(client.get("/ledger/").content.decode()).one("main").text
    assert "an old backup was restored, or the end of the record was deleted" in text


@pytest.mark.usefixtures("at_that_time")
def test_a_published_checkpoint_that_does_not_verify_is_told(client, log):
    path = log.published / "checkpoint"
    path.write_bytes(path.read_bytes().replace(b"300", b"301", 1))
    text = Page(client.get("/ledger/").content.decode()).one("main").text
    assert "The published checkpoint does not verify" in text


def test_before_the_first_checkpoint_the_page_says_so(client, settings, tmp_path):
    settings.LEDGER_PUBLISHED = str(tmp_path / "nothing")
    page = Page(client.get("/ledger/").content.decode())
    assert faults(page) == []
    assert "No checkpoint has been published yet" in page.one("main").text
    for address in (
        "checkpoint",
        "policy.txt",
        "entries/0/",
        "entries/0/proof",
        "record.tar",
        "tile/0/000",
    ):
        assert client.get(f"/ledger/{address}").status_code == 404


@pytest.mark.usefixtures("log")
def test_an_entry_is_shown_in_words_and_escaped(client):
    response = client.get("/ledger/entries/299/")
    page = Page(response.content.decode())
    assert faults(page) == []
    assert page.one("h1").text == "Entry 299 of the record"
    assert "Order <i>12</i> of the court" in page.one("main").text
    assert "<i>12</i>" not in response.content.decode()
    assert client.get("/ledger/entries/300/").status_code == 404
    crumbs = [link.attrs["href"] for link in page.all("a") if link.text == "The record"]
    assert set(crumbs) == {"/ledger/"}


def test_a_proof_that_was_downloaded_verifies(client, log):
    response = client.get("/ledger/entries/17/proof")
    assert response["Content-Disposition"] == 'attachment; filename="entry-17.tlog-proof"'
    policy = Configuration.from_settings().policy()
    entry = client.get("/ledger/entries/17/entry").content
    assert check_proof(entry, response.content, policy)[0] == 17


def test_the_whole_record_downloads_as_one_file_and_verifies(client, log, tmp_path, newspaper):
    data = b"".join(client.get("/ledger/record.tar").streaming_content)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        # Debian's Python 3.11.2 has no filters yet; later ones want one to be named.
        options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
        archive.extractall(tmp_path, **options)  # noqa: S202  (what our own page gave)
    assert newspaper("export", tmp_path / "record")[0] == 0


def test_the_record_fetched_address_by_address_verifies(client, log, tmp_path):
    from oversight.ledger.tree import tile_paths

    for path in ["checkpoint", "policy.txt", *tile_paths(300)]:
        response = client.get(f"/ledger/{path}")
        target = tmp_path / "fetched" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(response.streaming_content))
        is_tile = path.startswith("tile")
        caching = "public, max-age=31536000, immutable" if is_tile else "no-cache"
        assert response["Cache-Control"] == caching
    assert check_export(tmp_path / "fetched", log.policy).size == 300


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "path",
    [
        "tile/0/..",
        "tile/../state/key",
        "tile/8/000",
        "tile/0/000.p/0",
        "tile/0",
        "status.json",
        "tile/0/0001",
    ],
)
def test_nothing_but_tiles_can_be_fetched(client, path):
    assert client.get(f"/ledger/{path}").status_code == 404


@pytest.mark.usefixtures("log")
def test_the_verifier_is_handed_out_as_it_is(client):
    assert b"Check the record on your own machine" in client.get("/ledger/verifier.py").content
    assert client.post("/ledger/checkpoint").status_code == 405


@pytest.mark.usefixtures("at_that_time")
def test_the_page_stands_even_where_a_bundle_is_missing(client, log):
    (log.published / "tile/entries/001.p/44").unlink()
    assert "Nothing is published yet" in Page(client.get("/ledger/").content.decode()).source
    assert client.get("/ledger/entries/299/").status_code == 404
