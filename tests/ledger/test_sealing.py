"""Sealing an entry takes two people and a legal basis, and yields to a legal hold."""

import json

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from psycopg import errors

from oversight.ledger import services
from oversight.ledger.contents import findings_in_contents
from oversight.ledger.models import Entry
from oversight.ledger.registry import kinds
from oversight.ledger.selectors import commitments_of, open_fields, sealing_of
from oversight.ledger.verifier import Edge, hash_leaf

pytestmark = pytest.mark.django_db

BASIS = "Order of the Superior Court, BC 12345: expunged"


@pytest.fixture
def entry():
    """An entry about somebody, of any kind that a room declares."""
    kind = next(kind for kind in kinds() if kind.number >= 100)
    return services.append_entry(
        event=kind,
        public=dict.fromkeys(kind.public),
        committed={name: f"about {name}" for name in kind.committed},
    )


def root():
    edge = Edge()
    for raw in Entry.objects.order_by("index").values_list("entry", flat=True):
        edge.add(hash_leaf(bytes(raw)))
    return edge.root()


def refused(message, act, **arguments):
    with pytest.raises(IntegrityError, match=message), transaction.atomic():
        act(**arguments)


def test_two_people_seal_an_entry_and_the_tree_stays_as_it_was(entry):
    leaf = bytes(Entry.objects.get(index=entry).entry)
    before = root()
    services.propose_sealing(entry=entry, basis=BASIS, person="person:1")
    sealing = services.confirm_sealing(entry=entry, person="person:2")
    assert commitments_of(entry) == {}
    assert open_fields(entry, ["at"]) == []
    assert bytes(Entry.objects.get(index=entry).entry) == leaf
    told = json.loads(bytes(Entry.objects.get(index=sealing).entry))
    assert told["event"] == "entry-sealed"
    assert (told["public"]["entry"], told["public"]["basis"]) == (entry, BASIS)
    people = {one.name: one.value for one in open_fields(sealing, ["proposed_by", "confirmed_by"])}
    assert people == {"proposed_by": '"person:1"', "confirmed_by": '"person:2"'}
    assert root() != before
    refused("sealed already", services.propose_sealing, entry=entry, basis=BASIS, person="p:3")
    refused("sealed already", services.confirm_sealing, entry=entry, person="person:3")


def test_one_person_alone_cannot(entry):
    refused("nobody has proposed", services.confirm_sealing, entry=entry, person="person:1")
    services.propose_sealing(entry=entry, basis=BASIS, person="person:1")
    refused("second person", services.confirm_sealing, entry=entry, person="person:1")
    refused(
        "someone else has proposed",
        services.propose_sealing,
        entry=entry,
        basis="another basis",
        person="person:2",
    )
    assert commitments_of(entry)


def test_a_hold_forbids_it_until_it_is_lifted(entry):
    services.propose_sealing(entry=entry, basis=BASIS, person="person:1")
    services.place_hold(entry=entry, reference="Doe v. City", person="person:9")
    refused("legal hold", services.confirm_sealing, entry=entry, person="person:2")
    refused(
        "ledger_hold_once",
        services.place_hold,
        entry=entry,
        reference="Doe v. City",
        person="person:9",
    )
    refused("no open hold", services.lift_hold, entry=entry, reference="Roe", person="person:9")
    held = {"entry": entry, "reference": "Doe v. City"}
    refused("nobody has proposed to lift", services.lift_hold, **held, person="person:8")
    services.propose_lifting(**held, person="person:9")
    refused("proposed already", services.propose_lifting, **held, person="person:8")
    refused("by a second person", services.lift_hold, **held, person="person:9")
    services.propose_lifting(**held, person=None)
    refused("nobody has proposed to lift", services.lift_hold, **held, person="person:8")
    services.propose_lifting(**held, person="person:9")
    lifted = services.lift_hold(**held, person="person:8")
    people = {one.name: one.value for one in open_fields(lifted, ["person", "proposed_by"])}
    assert people == {"person": '"person:8"', "proposed_by": '"person:9"'}
    assert findings_in_contents() == []
    assert b'"event":"hold-lifted"' in bytes(Entry.objects.get(index=lifted).entry)
    assert services.confirm_sealing(entry=entry, person="person:2") == lifted + 1


@pytest.mark.parametrize("person", ["person:1", "person:2"])
def test_a_proposal_is_withdrawn_or_refused_and_another_can_follow(entry, person):
    refused("nobody has proposed", services.withdraw_sealing, entry=entry, person=person)
    services.propose_sealing(entry=entry, basis=BASIS, person="person:1")
    ended = services.withdraw_sealing(entry=entry, person=person)
    told = json.loads(bytes(Entry.objects.get(index=ended).entry))
    assert (told["event"], told["public"]["entry"]) == ("sealing-withdrawn", entry)
    opened = {one.name: json.loads(one.value) for one in open_fields(ended, ["person", "basis"])}
    assert opened == {"person": person, "basis": BASIS}
    refused("nobody has proposed", services.confirm_sealing, entry=entry, person="person:3")
    refused("nobody has proposed", services.withdraw_sealing, entry=entry, person=person)
    assert commitments_of(entry)
    assert sealing_of(entry) is None
    services.propose_sealing(entry=entry, basis="Another law", person="person:2")
    sealed = services.confirm_sealing(entry=entry, person="person:1")
    assert (
        json.loads(bytes(Entry.objects.get(index=sealed).entry))["public"]["basis"] == "Another law"
    )
    refused("sealed already", services.withdraw_sealing, entry=entry, person="person:2")
    assert findings_in_contents() == []


def test_entries_about_the_record_itself_stay_open(entry):
    hold = services.place_hold(entry=entry, reference="Doe v. City", person="person:9")
    refused("stays open", services.propose_sealing, entry=hold, basis=BASIS, person="person:1")
    refused("no entry", services.propose_sealing, entry=10**6, basis=BASIS, person="person:1")


def test_even_the_owner_cannot_destroy_a_key_without_the_entry_that_says_so(entry, as_role):
    with (
        as_role("owner"),
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE ledger_secret SET key = NULL, fields = NULL, sealed_by = 0 WHERE entry = %s",
            [entry],
        )


def test_holds_and_sealings_are_never_undone(fresh_database):
    kind = next(kind for kind in kinds() if kind.number >= 100)
    public, committed = dict.fromkeys(kind.public), dict.fromkeys(kind.committed)
    with fresh_database.connect("web") as web:
        [(one,)] = web.execute(
            "SELECT ledger_append(%s, %s, %s)",
            [kind.number, json.dumps(public), json.dumps(committed)],
        ).fetchall()
        web.execute("SELECT ledger_place_hold(%s, 'a', 'p', '2026-03-04', 't')", [one])
        web.execute("SELECT ledger_propose_lifting(%s, 'a', 'q')", [one])
        web.execute("SELECT ledger_lift_hold(%s, 'a', 'p', '2026-03-04', 't')", [one])
        web.execute("SELECT ledger_place_hold(1, 'open', 'p', '2026-03-04', 't')")
        web.execute("SELECT ledger_propose_lifting(1, 'open', 'q')")
        web.execute("SELECT ledger_propose_sealing(%s, 'x', 'p')", [one])
        web.execute("SELECT ledger_withdraw_sealing(%s, 'p', '2026-03-04', 't')", [one])
        web.execute("SELECT ledger_propose_sealing(%s, 'b', 'p')", [one])
        web.execute("SELECT ledger_confirm_sealing(%s, 'q', '2026-03-04', 't')", [one])
    with psycopg.connect(fresh_database.url("owner"), autocommit=True) as admin:
        for attack in (
            "UPDATE ledger_hold SET lifted_by = NULL WHERE reference = 'a'",
            "UPDATE ledger_hold SET lifted_by = 0 WHERE reference = 'open'",
            "UPDATE ledger_hold SET reference = 'other' WHERE reference = 'open'",
            "UPDATE ledger_sealing SET withdrawn_by = NULL WHERE withdrawn_by IS NOT NULL",
            "DELETE FROM ledger_hold",
            "TRUNCATE ledger_hold",
            "UPDATE ledger_sealing SET basis = 'x'",
            "DELETE FROM ledger_sealing",
            "TRUNCATE ledger_sealing",
            "UPDATE ledger_secret SET sealed_by = 0",
        ):
            with pytest.raises(errors.IntegrityConstraintViolation):
                admin.execute(attack)
