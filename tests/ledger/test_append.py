"""Appending through the door every room uses."""

import hashlib
import json

import pytest
import rfc8785
from django.db import IntegrityError, connection, transaction

from oversight.ledger import services, verifier
from oversight.ledger.events import ENTRY_READ, ENTRY_SEALED, HEARTBEAT
from oversight.ledger.models import Entry, Head, ReadOnlyError
from oversight.ledger.registry import RecordError
from oversight.ledger.selectors import commitments_of, open_fields

COMMITTED = {
    "at": "2026-03-04T14:05:00-08:00",
    "entries": 7,
    "counts": {"300": 2, "ü": [1.5, None]},
}


def append(day="2026-03-04", **committed):
    return services.append_entry(
        event=HEARTBEAT, public={"day": day}, committed={**COMMITTED, **committed}
    )


@pytest.mark.django_db
def test_entries_are_numbered_without_gaps_and_hash_as_rfc_6962_says():
    first = Head.objects.get().size
    indexes = [append() for _ in range(3)]
    assert indexes == [first, first + 1, first + 2]
    assert Head.objects.get().size == first + 3
    entry = Entry.objects.get(index=first)
    assert bytes(entry.leaf) == hashlib.sha256(b"\0" + bytes(entry.entry)).digest()


@pytest.mark.django_db
def test_a_leaf_is_canonical_json_and_shows_public_fields_only():
    text = 'Penal Code § 832.7, "sealed", back\\slash'
    index = services.append_entry(
        event=ENTRY_SEALED,
        public={"day": "2026-03-04", "entry": 12, "basis": text},
        committed={"at": "2026-03-04T14:05:00Z", "proposed_by": "ana", "confirmed_by": "ben"},
    )
    raw = bytes(Entry.objects.get(index=index).entry)
    leaf = json.loads(raw)
    assert raw == rfc8785.dumps(leaf)
    assert leaf == {
        "commitment": leaf["commitment"],
        "event": "entry-sealed",
        "kind": 2,
        "public": {"day": "2026-03-04", "entry": 12, "basis": text},
        "v": 1,
    }
    assert b"ana" not in raw


@pytest.mark.django_db
def test_each_field_opens_alone_and_only_with_its_own_value():
    index = append()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, commitment FROM ledger_commitments(%s)", [index])
        commitments = {name: bytes(value).hex() for name, value in cursor.fetchall()}
        cursor.execute("SELECT value, blind FROM ledger_open(%s, %s)", [index, ["counts"]])
        [(value, blind)] = cursor.fetchall()
    entry = bytes(Entry.objects.get(index=index).entry)
    opening = {"value": value, "blind": bytes(blind).hex()}
    assert json.loads(value) == COMMITTED["counts"]
    verifier.check_opening(entry, commitments, {"counts": opening})
    with pytest.raises(verifier.Refuted, match="counts"):
        verifier.check_opening(entry, commitments, {"counts": {**opening, "value": "0"}})
    with pytest.raises(verifier.Refuted, match="at"):
        verifier.check_opening(entry, commitments, {"at": opening})
    with pytest.raises(verifier.Refuted, match="commitments"):
        verifier.check_opening(entry, commitments | {"at": "00" * 32}, {})


@pytest.mark.django_db
def test_many_at_once_are_numbered_in_order_and_each_is_under_a_key_of_its_own():
    first = Head.objects.get().size
    fields = [({"day": f"2026-03-{day:02}"}, {**COMMITTED, "entries": day}) for day in range(1, 29)]
    indexes = services.append_entries(event=HEARTBEAT, entries=fields)
    assert indexes == range(first, first + 28)
    assert Head.objects.get().size == first + 28
    for index, (public, committed) in zip(indexes, fields, strict=True):
        entry = Entry.objects.get(index=index)
        assert entry.document["public"] == public
        assert bytes(entry.leaf) == hashlib.sha256(b"\0" + bytes(entry.entry)).digest()
        opened = {one.name: one.as_json() for one in open_fields(index, [*committed])}
        commitments = {name: one.hex() for name, one in commitments_of(index).items()}
        verifier.check_opening(bytes(entry.entry), commitments, opened)
        assert {name: json.loads(one["value"]) for name, one in opened.items()} == committed
    same = [({"day": None}, COMMITTED)] * 3
    alike = services.append_entries(event=HEARTBEAT, entries=same)
    assert len({bytes(Entry.objects.get(index=index).entry) for index in alike}) == 3
    assert append() == first + 31


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("public", "committed", "message"),
    [
        ('ARRAY[\'{"day": null}\', \'{"day": null, "case": 1}\']', "{0}", "case is not declared"),
        ("ARRAY['{\"day\": null}', '[]']", "{0}", "public fields must be a JSON object"),
        ("ARRAY['{\"day\": null}', NULL]", "{0}", "public fields must be a JSON object"),
        ("ARRAY['{\"day\": null}']", "{0}", "of the same entries"),
        ("ARRAY[]", "ARRAY[]", "one at least"),
        ("NULL", "{0}", "one at least"),
        ("ARRAY['{\"day\": null}', '{\"day\": null}']", "ARRAY[{1}, '{{}}']", "at is missing"),
    ],
)
def test_of_many_one_ill_formed_entry_refuses_them_all(public, committed, message):
    before = Head.objects.get().size
    good = f"'{json.dumps(COMMITTED)}'"
    given = committed.format(f"ARRAY[{good}, {good}]", good)
    with (
        pytest.raises(IntegrityError, match=message),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SELECT ledger_append_all(1, {public}::jsonb[], {given}::jsonb[])")
    assert Head.objects.get().size == Entry.objects.count() == before


@pytest.mark.django_db
def test_equal_fields_give_different_leaves():
    digests = {bytes(Entry.objects.get(index=append()).entry) for _ in range(3)}
    assert len(digests) == 3


def test_outside_a_transaction_nothing_is_appended(live_database):
    with pytest.raises(RecordError, match="in the transaction of its fact"):
        append()


@pytest.mark.django_db
def test_a_rolled_back_fact_leaves_no_entry_and_no_gap():
    before = Head.objects.get().size
    with transaction.atomic():
        append()
        transaction.set_rollback(True)
    assert Head.objects.get().size == before
    assert append() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("public", "committed", "message"),
    [
        ({}, {}, "public field day is missing"),
        ({"day": "2026-03-04", "case": "12"}, {}, "public field case is not declared"),
        ({"day": "2026-03-04T14:05"}, {}, "public field day must be a day"),
        ({"day": "2026-13-04"}, {}, "public field day must be a day"),
        ({"day": "2026-03-04"}, {"at": None}, "committed field entries is missing"),
        ({"day": "2026-03-04"}, {**COMMITTED, "x": 1}, "committed field x is not declared"),
    ],
)
def test_missing_unknown_and_ill_formed_fields_are_refused(public, committed, message):
    with pytest.raises(RecordError, match=message):
        services.append_entry(event=HEARTBEAT, public=public, committed=committed or COMMITTED)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "public", "message"),
    [
        (99, "{}", "knows no kind of event 99"),
        (1, "{}", "public field day is missing"),
        (1, '{"day": "2026-03-04", "case": 1}', "public field case is not declared"),
        (1, '{"day": {"of": 1}}', "neither text"),
        (1, '{"day": 1.5}', "neither text"),
        (1, '{"day": ["a", 1]}', "neither text"),
        (1, "[]", "must be a JSON object"),
    ],
)
def test_triggers_of_other_rooms_meet_the_same_checks_in_the_database(kind, public, message):
    with (
        pytest.raises(IntegrityError, match=message),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT ledger_append(%s, %s, %s)", [kind, public, json.dumps(COMMITTED)])


@pytest.mark.django_db
def test_an_entry_of_65536_bytes_is_refused_and_one_byte_less_is_taken():
    def append_long(length):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT ledger_append(1, jsonb_build_object('day', repeat('x', %s)), %s)",
                [length, json.dumps(COMMITTED)],
            )
            return cursor.fetchone()[0]

    around = len(bytes(Entry.objects.get(index=append(day=None)).entry)) - len("null") + len('""')
    index = append_long(65_535 - around)
    assert len(bytes(Entry.objects.get(index=index).entry)) == 65_535
    with pytest.raises(IntegrityError, match="65536 bytes and may have 65535"):
        append_long(65_536 - around)


@pytest.mark.django_db
def test_models_of_the_record_cannot_write():
    with pytest.raises(ReadOnlyError):
        Entry(index=5, kind=1, entry=b"", leaf=b"").save()
    with pytest.raises(ReadOnlyError):
        Head.objects.get().delete()


def test_a_kind_that_is_not_registered_is_refused():
    stray = type(ENTRY_READ)(98, "stray", "x", (), ())
    with pytest.raises(RecordError, match="stray is not registered"):
        services.check_entry(stray, {}, {})
