"""Publishing: what is counted, what is frozen, and what is refused."""

import hashlib
import json
from datetime import date, timedelta
from io import StringIO

import pytest
import rfc8785
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction

from oversight.ledger.models import Entry
from oversight.people.models import RoleGrant
from oversight.transparency.definitions import ENDINGS, RESULTS
from oversight.transparency.models import EarlierSearch, Edition
from oversight.transparency.services import PublicationRefusedError, publish_edition
from tests.transparency.rows import RULE, moment

pytestmark = pytest.mark.django_db

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}


def value(edition, name):
    return edition.document["figures"][name]["value"]


def test_every_request_is_counted_once_where_it_ended(office):
    at = moment("2026-03-04T14:05")
    office.refuse(office.send(at))
    office.refuse(office.send(at), RULE, {**RULE, "rule": "house/case", "message": "No case."})
    office.sign(office.send(at), "refused")
    office.sign(office.send(at), "returned")
    office.withdraw(office.send(at))
    office.decide(office.send(at))
    for result in ("lead", "lead", "no_lead", "no_candidate", None):
        office.run(office.send(at), result)
    returned = office.send(at)
    office.sign(returned, "returned")
    office.run(office.send_again(returned.request, at + timedelta(days=1)), "lead")
    edition = publish_edition(**MARCH)
    told = {name: value(edition, name) for name in ("requests", *ENDINGS, *RESULTS)}
    assert told == {
        "requests": 12,
        "refused_by_gate": 2,
        "refused_by_supervisor": 1,
        "withdrawn": 1,
        "expired": 0,
        "stopped": 0,
        "failed": 0,
        "open": 2,
        "run": 6,
        "refused_before_adoption": 0,
        "not_run_before_adoption": 0,
        "no_candidate": 1,
        "no_lead": 1,
        "leads": 3,
        "undecided": 1,
    }
    assert sum(told[name] for name in ENDINGS) == told["requests"]
    assert sum(told[name] for name in RESULTS) == told["run"]
    assert value(edition, "returned") == 2
    assert value(edition, "approved") == 6
    assert [(r["rule"], r["requests"]) for r in edition.document["refusals_by_rule"]] == [
        ("house/case", 1),
        ("lapd-2021/officer-camera", 2),
    ]
    assert edition.document["refusals_by_rule"][1]["citation"] == RULE["citation"]


def test_a_day_is_the_agencys_own_and_the_end_is_exclusive(office):
    for text in ("2026-02-28T23:59", "2026-03-01T00:00", "2026-03-31T23:59", "2026-04-01T00:00"):
        office.refuse(office.send(moment(text)))
    assert value(publish_edition(**MARCH), "requests") == 2


def test_a_search_run_after_its_period_is_told_in_the_next(office):
    office.run(office.send(moment("2026-03-31T23:50")), "lead", at=moment("2026-04-01T09:00"))
    assert value(publish_edition(**MARCH), "run") == 1
    april = publish_edition(start=date(2026, 4, 1), end=date(2026, 5, 1))
    assert (value(april, "run"), value(april, "run_for_earlier_requests")) == (0, 1)


def test_what_is_not_recorded_is_null_and_never_zero(office):
    figures = publish_edition(**MARCH).document["figures"]
    assert figures["misidentifications"]["value"] is None
    assert figures["leads"]["value"] == 0
    assert all(figure["definition"] for figure in figures.values())


def test_an_edition_is_frozen_with_its_digest_in_the_record(office):
    office.refuse(office.send(moment("2026-03-04T14:05")))
    edition = publish_edition(**MARCH)
    edition.refresh_from_db()
    assert edition.digest == "sha256:" + hashlib.sha256(rfc8785.dumps(edition.document)).hexdigest()
    leaf = json.loads(bytes(Entry.objects.order_by("-index")[0].entry))
    assert leaf["event"] == "edition-published"
    assert leaf["public"]["document"] == edition.digest
    assert leaf["public"]["edition"] == "1"


def test_a_period_without_requests_is_a_statement_of_zero(office):
    edition = publish_edition(**MARCH)
    assert "return of zero" in edition.document["nil_return"]
    leaf = json.loads(bytes(Entry.objects.order_by("-index")[0].entry))
    assert leaf["event"] == "nil-return-published"


@pytest.mark.parametrize("role", ["web", "owner"])
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("model", [Edition, EarlierSearch])
def test_nothing_published_or_imported_can_be_changed(office, as_role, role, change, model):
    publish_edition(**MARCH)
    connection.check_constraints()  # or TRUNCATE would stumble over what is still to be checked
    table, column = model._meta.db_table, model._meta.pk.column
    with (
        as_role(role),
        connection.cursor() as cursor,
        pytest.raises((IntegrityError, ProgrammingError)),
        transaction.atomic(),
    ):
        cursor.execute(change.format(table, column, column))


def refused(message, **arguments):
    with pytest.raises(PublicationRefusedError, match=message), transaction.atomic():
        publish_edition(**arguments)


def test_what_cannot_be_published_is_refused_with_the_remedy(office):
    today = date.today()  # noqa: DTZ011  (far from any border)
    refused("before it begins", start=date(2026, 4, 1), end=date(2026, 4, 1))
    refused("half a period", start=today, end=today + timedelta(days=9))
    refused("no edition 7", **MARCH, corrects=7, because="Wrong.")
    refused("--corrects", **MARCH, because="Wrong.")
    publish_edition(**MARCH)
    refused("covers this period already.*--corrects 1", **MARCH)
    refused("what was wrong", **MARCH, corrects=1)
    refused("one line", **MARCH, corrects=1, because="a\nb")
    refused("one line", **MARCH, corrects=1, because="a" * 301)
    refused("nothing has changed", **MARCH, corrects=1, because="Nothing.")
    april = {"start": date(2026, 4, 1), "end": date(2026, 5, 1)}
    refused("same period", **april, corrects=1, because="Wrong.")
    assert Edition.objects.count() == 1


def test_a_correction_says_what_changed_and_can_itself_be_corrected_but_once(office):
    publish_edition(**MARCH)
    office.refuse(office.send(moment("2026-03-04T14:05")))
    second = publish_edition(**MARCH, corrects=1, because="One request was missing.")
    assert second.document["corrects"] == 1
    assert second.document["changes"]["figures"]["requests"] == {"from": 0, "to": 1}
    office.refuse(office.send(moment("2026-03-05T14:05")))
    refused("corrected by edition 2", **MARCH, corrects=1, because="Another was missing.")
    third = publish_edition(**MARCH, corrects=2, because="Another was missing.")
    assert third.corrects_id == 2
    leaf = json.loads(bytes(Entry.objects.order_by("-index")[0].entry))
    assert leaf["event"] == "correction-published"
    assert leaf["public"]["basis"] == "Another was missing."


def test_a_period_that_is_not_over_says_so_and_is_corrected_by_the_next(office, time_machine):
    time_machine.move_to(moment("2026-03-04T15:00"))
    day = {"start": date(2026, 3, 4), "end": date(2026, 3, 5)}
    office.refuse(office.send(moment("2026-03-04T14:05")))
    first = publish_edition(**day)
    assert first.document["complete"] is False
    refused("nothing has changed", **day)
    time_machine.move_to(moment("2026-03-05T15:00"))
    second = publish_edition(**day)
    assert (second.corrects_id, second.document["complete"]) == (1, True)
    assert "before its period was over" in second.because


def command(*arguments):
    out = StringIO()
    call_command("publish", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_prints_number_digest_and_address(office):
    told = json.loads(command("--from", "2026-03-01", "--to", "2026-04-01", "--json"))
    assert told["number"] == 1
    assert told["address"] == "/reports/1/"
    assert told["digest"] == Edition.objects.get().digest
    plain = command("--from", "2026-04-01", "--to", "2026-05-01")
    assert "/reports/2/" in plain


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "2026-03-01"), "--to"),
        (("--from", "2026-03-01", "--to", "2026-02-30"), "2026-02-30"),
        (("--from", "2026-03-01", "--to", "2026-03-01"), "later day"),
    ],
)
def test_the_command_refuses_half_a_period(office, arguments, message):
    with pytest.raises(CommandError, match=message):
        command(*arguments)


def test_earlier_searches_are_marked_and_never_said_to_be_judged_by_the_gate(office, told):
    office.refuse(office.send(moment("2026-03-04T14:05")))
    told(
        [
            {
                "id": f"{number}",
                "requested_at": "2026-03-02T10:00:00-08:00",
                "agency": "lapd",
                "unit": None,
                "purpose": "criminal_investigation",
                "nibrs": None,
                "probe_source": None,
                "subject": None,
                "decision": decision,
                "rules": ["no case number"] if decision == "refuse" else [],
                "signed_off_at": None,
                "run_at": run_at,
                "candidates": None,
                "lead": None,
                "outcome": None,
            }
            for number, (decision, run_at) in enumerate(
                [
                    ("refuse", None),
                    ("refuse", "2026-03-02T11:00:00-08:00"),
                    ("permit", "2026-03-02T11:00:00-08:00"),
                    ("unknown", None),
                ]
            )
        ]
    )
    edition = publish_edition(**MARCH)
    figures = edition.document["figures"]
    assert (figures["requests"]["value"], figures["requests"]["before_adoption"]) == (5, 4)
    assert (value(edition, "refused_by_gate"), value(edition, "refused_before_adoption")) == (1, 1)
    assert (value(edition, "run"), value(edition, "run_although_refused")) == (2, 1)
    assert value(edition, "not_run_before_adoption") == 1
    assert sum(value(edition, name) for name in ENDINGS) == 5
    assert [r["rule"] for r in edition.document["refusals_by_rule"]] == [RULE["rule"]]
    assert edition.document["refusals_by_rule_before_adoption"] == [
        {"rule": "no case number", "requests": 2}
    ]


def test_a_period_cut_across_an_earlier_one_prints_no_tables_about_persons(office):
    for day in range(1, 29):
        office.run(office.send(moment(f"2026-03-{day:02}T12:00")), "lead")
    publish_edition(**MARCH)
    across = publish_edition(start=date(2026, 3, 15), end=date(2026, 4, 15))
    assert across.document["tables_printed"] is False
    assert value(across, "leads") == 14
    shown = [row["lead"] for row in across.document["tables"]["offence"]["rows"]]
    assert set(shown) == {None}


def test_people_with_access_are_those_with_a_part_in_searches(office, as_role):

    with as_role("owner"):
        for person, role in ((office.officer, "officer"), (office.supervisor, "board")):
            RoleGrant.objects.create(person=person, role=role, held_from=date(2026, 1, 1))
        RoleGrant.objects.create(
            person=office.supervisor,
            role="supervisor",
            held_from=date(2025, 1, 1),
            held_until=date(2026, 1, 1),
        )
    assert value(publish_edition(**MARCH), "people_with_access") == 1


def test_a_correction_of_an_edition_without_tables_prints_none_either(office):
    """Else it could be subtracted from one that was printed around it since."""
    for day in range(1, 29):
        office.run(office.send(moment(f"2026-03-{day:02}T12:00")), "lead")
    publish_edition(**MARCH)
    week = {"start": date(2026, 3, 9), "end": date(2026, 3, 16)}
    assert publish_edition(**week).document["tables_printed"] is False
    office.refuse(office.send(moment("2026-03-10T12:00")))
    publish_edition(**MARCH, corrects=1, because="One request was missing.")
    again = publish_edition(**week, corrects=2, because="One request was missing.")
    assert again.document["tables_printed"] is False
    assert value(again, "requests") == 8
