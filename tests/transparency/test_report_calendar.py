"""Which reports are due, by when, and who is reminded of them."""

import json
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core import mail
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.ledger.models import Entry
from oversight.people.models import Person, RoleGrant
from oversight.transparency.reports import selectors, services
from oversight.transparency.reports.calendar import term_of, terms
from oversight.transparency.reports.catalogue import PACKS, PackError, _read, packs
from oversight.transparency.reports.models import Reminder
from oversight.transparency.reports.selectors import Status
from tests.conftest import acting_as
from tests.transparency.rows import Office

DAYS = st.dates(date(2019, 1, 1), date(2040, 12, 31))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from(sorted(packs())))
def test_every_day_lies_in_one_term_and_terms_follow_without_a_gap(day, slug):
    due = packs()[slug].due
    term = term_of(due, day)
    assert term.start <= day < term.end
    assert term.end <= term.opens <= term.due
    assert term_of(due, term.end).start == term.end
    assert term_of(due, term.last) == term
    listed = list(terms(due, day, day + timedelta(days=800)))
    assert listed[0] == term
    assert all(one.end == other.start for one, other in pairwise(listed))


@pytest.mark.parametrize(
    ("slug", "day", "start", "opens", "due"),
    [
        ("maryland-2-510", "2025-07-04", "2025-01-01", "2026-01-01", "2026-02-01"),
        ("montana-44-15-111", "2025-12-31", "2025-01-01", "2026-01-01", "2026-06-30"),
        ("utah-77-23e-106", "2025-07-01", "2025-07-01", "2026-08-01", "2026-10-15"),
        ("utah-77-23e-106", "2025-06-30", "2024-07-01", "2025-08-01", "2025-10-15"),
        ("sf-19b", "2025-06-30", "2024-07-01", "2026-07-01", "2026-11-01"),
        ("detroit-weekly", "2026-01-01", "2025-12-29", "2026-01-05", "2026-01-11"),
        ("ccops-annual", "2025-02-28", "2025-01-01", "2026-01-01", "2026-12-31"),
    ],
)
def test_the_days_of_the_law(slug, day, start, opens, due):
    term = term_of(packs()[slug].due, date.fromisoformat(day))
    assert [term.start.isoformat(), term.opens.isoformat(), term.due.isoformat()] == [
        start,
        opens,
        due,
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('evidence = "S"', 'evidence = "sure"'), "sure"),
        (('every = "year"', 'every = "moon"'), "every is unknown"),
        (('by = "02-01"', 'by = "02-31"'), "day is out of range"),
        (('by = "02-01"', 'by = "02-01"\nwithin_days = 3'), "exactly one"),
        (('id = "matches"', 'id = "searches"'), "two items"),
        (("law.es =", "law.fr ="), "give the text in"),
        (("citation =", "cites ="), "cites"),
        (('slug = "maryland-2-510"', 'slug = "maryland"'), "slug is 'maryland'"),
    ],
)
def test_a_pack_that_is_not_whole_is_refused_by_name(tmp_path, change, message):
    text = (PACKS / "maryland-2-510.toml").read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "maryland-2-510.toml"
    path.write_text(text.replace(*change), encoding="utf-8")
    with pytest.raises(PackError, match=rf"maryland-2-510.toml: .*{message}"):
        _read(path)


def status_of(slug, today):
    (binding,) = [b for b in selectors.bindings("x", today) if b.pack.slug == slug]
    return [each.status for each in selectors.obligations(binding, today)]


def test_an_agency_owes_what_binds_it_and_what_the_city_chose(live_database, settings):
    settings.REPORTING_SINCE = "2025-03-01"
    today = date(2026, 11, 22)

    def owed(agency):
        return {each.pack.slug: each for each in selectors.bindings(agency, today)}

    assert set(owed("lapd")) == {"general"}
    assert set(owed("dpd")) == {"general", "detroit-weekly"}
    assert owed("baltimore-pd")["maryland-2-510"].instrument.slug == "maryland-2-503"
    assert set(owed("sfpd")) == {"general", "sf-19b"}
    settings.REPORT_PACKS = frozenset({"utah-77-23e-106", "ccops-annual"})
    assert set(owed("lapd")) == {"general", "utah-77-23e-106", "ccops-annual"}
    assert status_of("utah-77-23e-106", date(2026, 7, 5))[:2] == [Status.NOT_OVER, Status.WAITS]
    assert status_of("utah-77-23e-106", date(2026, 8, 5))[1] == Status.OPEN
    assert status_of("utah-77-23e-106", date(2026, 10, 15))[1] == Status.SOON
    assert status_of("utah-77-23e-106", date(2026, 10, 16))[1] == Status.OVERDUE


def test_each_report_is_reminded_of_once_a_stage_until_it_is_filed(live_database, settings):
    settings.REPORTING_SINCE = "2025-01-01"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office = Office()
    assert services.send_reminders(on=date(2026, 1, 2)) == 0  # nobody is there to be told
    assert Reminder.objects.count() == 0
    with acting_as("owner"):
        Person.objects.filter(pk=office.supervisor.pk).update(email="board@example.org")
        RoleGrant.objects.create(person=office.supervisor, role="board", held_from=date(2020, 1, 1))
    days = (date(2026, 1, 2), date(2026, 1, 3), date(2026, 2, 20), date(2026, 3, 2))
    assert [services.send_reminders(on=day) for day in days] == [1, 0, 1, 1]
    assert [sent.to for sent in mail.outbox] == [["board@example.org"]] * 3
    assert "may be filed" in mail.outbox[0].subject
    assert "overdue" in mail.outbox[2].subject
    assert "March 1, 2026" in mail.outbox[2].body
    leaf = json.loads(bytes(Entry.objects.order_by("-index")[0].entry))
    assert leaf["event"] == "report-reminder-sent"
    services.file_report(pack="general", start=date(2025, 1, 1), end=date(2026, 1, 1))
    settings.REPORT_RECIPIENTS = ("clerk@example.org", "mayor@example.org")
    assert services.send_reminders(on=date(2026, 3, 3)) == 0
    assert services.send_reminders(on=date(2027, 1, 1)) == 1
    assert [sent.to[0] for sent in mail.outbox[3:]] == ["clerk@example.org", "mayor@example.org"]
