"""Receipts and bundles: made from the record, checked on another machine with one command."""

import hashlib
import json

import pytest

from oversight.ledger import services
from oversight.ledger.bundles import make_bundle
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.models import Entry
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.registry import RecordError
from oversight.ledger.selectors import DatabaseEntries, entries_telling, open_fields
from oversight.ledger.verifier import Refuted
from oversight.people.events import ACCOUNT_CREATED
from oversight.requests.events import DECIDED

pytestmark = pytest.mark.django_db

FACTS = '{"agency":"lapd","case":{"number":"26-0114"}}'


@pytest.fixture
def decided():
    """The entry of a decision that names its facts by digest."""
    committed = dict.fromkeys(DECIDED.committed)
    digest = hashlib.sha256(FACTS.encode()).hexdigest()
    return services.append_entry(
        event=DECIDED,
        public={**dict.fromkeys(DECIDED.public), "agency": "lapd", "effect": "permit"},
        committed={**committed, "decision": 77, "facts": f"sha256:{digest}"},
    )


@pytest.fixture
def publish(settings, tmp_path):
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def run():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()
        return tmp_path / "published" / "policy.txt"

    return run


def test_a_bundle_verifies_elsewhere_and_any_change_of_it_does_not(
    decided, publish, newspaper, tmp_path
):
    policy = publish()
    text = make_bundle(entries={decided: ["facts", "decision"]}, documents={"facts": FACTS})
    file = tmp_path / "bundle.json"
    file.write_text(text)
    code, said = newspaper("bundle", file, "--policy", policy)
    assert code == 0, said
    assert f"all documents are as recorded, in entries {decided}" in said
    for old, new, sentence in (
        ("26-0114", "26-0115", "the document facts is not the one that was recorded"),
        ('"value": "77"', '"value": "78"', "the value shown for decision is not the one"),
        ('\\"permit\\"', '\\"refuse\\"', "the entry shown is not entry"),
    ):
        assert old in text
        file.write_text(text.replace(old, new))
        code, said = newspaper("bundle", file, "--policy", policy)
        assert code == 1
        assert sentence in said


def test_a_bundle_opens_what_was_asked_for_and_nothing_else(decided, publish):
    publish()
    [item] = json.loads(make_bundle(entries={decided: ["decision"]}))["entries"]
    assert [*item["opened"]] == ["decision"]
    assert set(item["commitments"]) == set(DECIDED.committed)
    assert "sha256:" not in json.dumps(item["opened"])


def test_a_document_that_was_not_recorded_is_not_given_away(decided, publish):
    publish()
    with pytest.raises(Refuted, match="facts"):
        make_bundle(entries={decided: ["facts"]}, documents={"facts": FACTS + " "})


def test_an_entry_that_is_not_signed_yet_has_no_receipt(decided, publish):
    publish()
    later = services.append_entry(
        event=ACCOUNT_CREATED, public={"agency": "lapd"}, committed={"person": 1, "username": "x"}
    )
    with pytest.raises(NotYetSignedError):
        make_bundle(entries={later: ["person"]})


def test_a_sealed_entry_still_proves_that_it_was_there(decided, publish, newspaper, tmp_path):
    services.propose_sealing(entry=decided, basis="Order 1", person="a")
    services.confirm_sealing(entry=decided, person="b")
    policy = publish()
    (tmp_path / "bundle.json").write_text(make_bundle(entries={decided: ["decision"]}))
    assert newspaper("bundle", tmp_path / "bundle.json", "--policy", policy)[0] == 0


def test_entries_are_found_by_what_they_committed_to(decided):
    assert [*entries_telling([DECIDED], "decision", [77])] == [decided]
    assert entries_telling([DECIDED], "decision", ["77"]) == {}
    assert entries_telling([ACCOUNT_CREATED], "person", [77]) == {}


def test_reading_an_entry_is_an_entry(decided):
    [opened] = services.open_entry(
        index=decided, names=["decision"], reader="person:4", purpose="Complaint 17"
    )
    assert opened.value == "77"
    last = Entry.objects.order_by("-index").first()
    assert b'"event":"entry-read"' in bytes(last.entry)
    told = {one.name: json.loads(one.value) for one in open_fields(last.index, ["entry", "reader"])}
    assert told == {"entry": decided, "reader": "person:4"}
    with pytest.raises(RecordError, match="read for"):
        services.open_entry(index=decided, names=["decision"], reader="person:4", purpose=" ")
