"""Reports that instruments ask for: filled from an edition, completed by people, filed, corrected."""

import hashlib
import json
from datetime import date

import pytest
import rfc8785
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import override

from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.policy import gate
from oversight.transparency.breakdowns import TITLES
from oversight.transparency.definitions import BY_NAME
from oversight.transparency.models import Edition
from oversight.transparency.reports import services
from oversight.transparency.reports.calendar import term_of
from oversight.transparency.reports.catalogue import packs
from oversight.transparency.reports.models import Reminder, Report, Statement, TypesetFile
from oversight.transparency.reports.presenting import doubt_text
from oversight.transparency.reports.records import edition_records_of, records_of
from oversight.transparency.services import publish_edition
from tests.conftest import acting_as
from tests.interface.pdf import Opened, faults
from tests.transparency.rows import moment

pytestmark = pytest.mark.django_db

YEAR = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}
MARYLAND = {"pack": "maryland-2-510", **YEAR}


def busy(office):
    """A year with something in most tables, and few in each."""
    for day in range(1, 25):
        office.run(office.send(moment(f"2025-03-{day:02}T12:00")), "lead" if day % 3 else "no_lead")
    office.run(office.send(moment("2025-04-01T12:00"), nibrs="13A"), "no_candidate")
    office.refuse(office.send(moment("2025-05-01T12:00")))


def item(report, name):
    return next(each for each in report.document["items"] if each["id"] == name)


def term(pack, day):
    return term_of(packs()[pack].due, day)


@pytest.mark.parametrize("slug", list(packs()))
def test_a_report_of_each_pack_is_filed_and_read_as_pdf(office, slug):
    busy(office)
    own = term(slug, date(2025, 3, 12))
    report = services.file_report(pack=slug, start=own.start, end=own.end)
    assert [each["id"] for each in report.document["items"]] == [i.id for i in packs()[slug].items]
    assert report.digest == f"sha256:{hashlib.sha256(rfc8785.dumps(report.document)).hexdigest()}"
    titles = packs()[slug].title.by_language
    for file in report.files.all():
        opened = Opened(bytes(file.content))
        assert faults(opened) == []
        assert str(opened.root.Lang) == file.language
        assert str(opened.pdf.docinfo.Title) == titles[file.language]
        levels = [int(role[1]) for role, _ in opened.roles("H1", "H2", "H3")]
        assert levels == [1] * (len(report.document["items"]) + 2)
        assert report.digest in opened.text.replace(" ", "")
        values = {each["value"] for i in report.document["items"] for each in i["figures"]}
        assert {str(v) for v in values - {None}} <= {text for _, text in opened.roles("P")}
    assert {file.language for file in report.files.all()} == {"en", "es"}


def test_what_nobody_wrote_and_what_is_not_recorded_is_said_and_never_left_out(office):
    busy(office)
    report = services.file_report(**MARYLAND)
    assert item(report, "systems")["answer"] is None
    assert item(report, "breaches")["figures"][0]["state"] == "not_recorded"
    text = printed_text(report)
    assert text.count("Not supplied") == 2
    assert "Violations of the rules" in text
    assert "Age, race and gender of persons matched: not yet recorded." in text
    assert "unverified" not in text.lower()


def test_a_law_that_was_not_checked_is_called_unverified(office):
    week = term("detroit-weekly", date(2025, 3, 12))
    report = services.file_report(pack="detroit-weekly", start=week.start, end=week.end)
    assert "Unverified" in printed_text(report)
    with override("es"):
        assert doubt_text("K") in printed_text(report, "es")


def test_what_people_write_is_kept_in_versions_and_printed_as_it_is(office):
    hostile = "#panic() *x*\n\n=HYPERLINK(1) <b>bold</b>"
    own, pack = term("maryland-2-510", date(2025, 6, 1)), packs()["maryland-2-510"]
    place = {"author": office.supervisor, "pack": pack, "term": own, "item": "systems"}
    first = services.write_statement(**place, text="Draft")
    assert services.write_statement(**place, text=" Draft ") == first
    services.write_statement(**place, text=hostile)
    assert Statement.objects.count() == 2
    report = services.file_report(**MARYLAND)
    assert item(report, "systems")["answer"] == {
        "text": hostile,
        "version": 2,
        "written_at": item(report, "systems")["answer"]["written_at"],
    }
    assert "#panic() *x*" in printed_text(report)
    cells = [row[4] for row in records_of(report.document) if row[5] == "supplied"]
    assert cells == [hostile]
    assert office.supervisor.username not in json.dumps(report.document)
    with pytest.raises(services.ReportRefusedError, match="figures alone"):
        services.write_statement(**{**place, "item": "searches"}, text="x")
    with pytest.raises(services.ReportRefusedError, match="at most"):
        services.write_statement(**place, text="x" * 20_001)


def test_a_nil_return_is_filed_and_signed_as_one(office):
    report = services.file_report(**MARYLAND)
    assert "return of zero" in report.document["nil_return"]
    assert "A return of zero" in printed_text(report)
    edition = {(row[0], row[2]): row[3] for row in edition_records_of(report.edition.document)}
    assert edition["edition", "nil_return"] == report.document["nil_return"]
    assert ("nil_return", report.document["nil_return"]) in {
        (row[3], row[4]) for row in records_of(report.document)
    }
    told = [json.loads(bytes(entry.entry)) for entry in Entry.objects.order_by("index")]
    (entry,) = [each for each in told if each["event"] == "nil-report-filed"]
    assert entry["public"]["document"] == report.digest
    assert entry["public"]["edition"] == "report-1"
    files = [each["public"]["document"] for each in told if each["event"] == "publication-set"]
    assert {file.digest for file in report.files.all()} <= set(files)


def test_a_report_reprints_what_its_edition_prints_and_no_more(office):
    busy(office)
    report = services.file_report(**MARYLAND)
    printed = report.edition.document
    by_row = {row["row"]: row for row in printed["tables"]["offence"]["rows"]}
    (table,) = [t for t in item(report, "searches")["tables"] if t["name"] == "offence"]
    assert [row for row in table["rows"] if row["row"] != "all"] == list(by_row.values())
    assert any(value is None for row in table["rows"] for value in row.values())
    for figure in item(report, "matches")["figures"]:
        assert figure["value"] == printed["figures"][figure["name"]]["value"]


def test_counts_by_area_name_the_agency_too(office):
    busy(office)
    report = services.file_report(pack="general", **YEAR)
    areas = [row for row in records_of(report.document) if row[1] == "areas"]
    assert {row[2] for row in areas} == {f"{office.agency.slug} / unknown"}
    assert {type(row[4]) for row in areas} <= {int, type(None)}


def test_a_correction_says_what_changed_in_each_form(office):
    busy(office)
    services.file_report(**MARYLAND)
    refused("filed for this period already.*--corrects 1", **MARYLAND)
    refused("Nothing has changed", **MARYLAND, corrects=1, because="Wrong.")
    office.refuse(office.send(moment("2025-06-01T12:00")))
    publish_edition(**YEAR, corrects=1, because="One request was missing.")
    second = services.file_report(**MARYLAND, corrects=1, because="One request was missing.")
    assert second.document["changes"]["figures"]["requests"] == {"from": 26, "to": 27}
    assert second.edition_id == 2
    assert "Requests: 26 before, 27 now" in printed_text(second)
    assert "It corrects report 1" in printed_text(second)
    rows = [row for row in records_of(second.document) if row[1] == "change"]
    assert "Requests: 26 before, 27 now" in {row[4] for row in rows}
    told = {(row[0], row[2]): row[3] for row in edition_records_of(second.edition.document)}
    assert (told["edition", "corrects"], told["corrected_from", "requests"]) == (1, 26)
    assert "Requests: 26 before, 27 now" in printed_text(second.edition)
    refused("not the newest", **MARYLAND, corrects=1, because="Again.")
    services.write_statement(
        author=office.supervisor,
        pack=packs()["maryland-2-510"],
        term=term("maryland-2-510", date(2025, 6, 1)),
        item="systems",
        text="One system.",
    )
    third = services.file_report(**MARYLAND, corrects=2, because="A part was missing.")
    assert third.document["changes"]["answers"] == ["systems"]


def refused(message, **arguments):
    with pytest.raises(services.ReportRefusedError, match=message), transaction.atomic():
        services.file_report(**arguments)


def test_what_cannot_be_filed_is_refused_with_the_remedy(office, time_machine):
    refused("no kind of report 'maine'; there are general", pack="maine", **YEAR)
    refused("covers 2025-01-01 to 2026-01-01", **{**MARYLAND, "end": date(2025, 7, 1)})
    refused("Say with --corrects", **MARYLAND, because="Wrong.")
    refused("file it without --corrects", **MARYLAND, corrects=1, because="Wrong.")
    services.file_report(**MARYLAND)
    refused("in one line", **MARYLAND, corrects=1, because="a\nb")
    refused("in one line", **MARYLAND, corrects=1)
    time_machine.move_to(moment("2026-07-15T12:00"))
    utah = {"pack": "utah-77-23e-106", "start": date(2025, 7, 1), "end": date(2026, 7, 1)}
    refused("from 2026-08-01 on", **utah)


def test_every_fact_has_its_entry(office):
    own = term("general", date(2025, 6, 1))
    services.write_statement(
        author=office.supervisor, pack=packs()["general"], term=own, item="summary", text="Words."
    )
    services.file_report(**MARYLAND)
    with acting_as("owner"):
        ours = [table for table in fact_tables() if table.model.startswith("transparency.")]
        assert len(ours) >= 5
        assert [found for table in ours for found in findings_in(table)] == []


@pytest.mark.parametrize("model", [Statement, Report, TypesetFile, Reminder])
@pytest.mark.parametrize("role", ["web", "owner"])
def test_nothing_written_or_filed_can_be_changed(office, as_role, role, model):
    table, column = model._meta.db_table, model._meta.pk.column
    for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with (
            as_role(role),
            connection.cursor() as cursor,
            pytest.raises((IntegrityError, ProgrammingError)),
            transaction.atomic(),
        ):
            cursor.execute(change)


def test_publications_without_files_are_set_later_and_only_once(office):
    publish_edition(**YEAR)
    assert services.set_waiting_files() == 2
    assert services.set_waiting_files() == 0
    edition = Edition.objects.get()
    text = Opened(bytes(edition.files.get(language="en").content)).text
    assert "A return of zero" in text


@pytest.mark.parametrize("slug", list(packs()))
def test_a_pack_asks_for_what_editions_have(office, slug):
    """A name that no edition knows would be "not yet recorded" for ever."""
    known = {*BY_NAME, *_TABLES}
    wanted = {name for each in packs()[slug].items for name in (*each.figures, *each.tables)}
    assert wanted <= known
    instruments = gate.catalogue().instruments
    assert set(packs()[slug].instruments) <= {"*", *(one.slug for one in instruments)}


_TABLES = {
    *("endings", "results", "rules", "months", "use-types", "units", "areas"),
    *(name.replace("_", "-") for name in TITLES),
}


def printed_text(report, language="en"):
    return Opened(bytes(report.files.get(language=language).content)).text
