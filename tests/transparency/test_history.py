"""History from before adoption, and published files computed again from the lines that went in."""

import csv
import io
import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from oversight.interface.csv import csv_lines
from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.ledger.selectors import open_fields
from oversight.transparency.events import EARLIER_SEARCH_IMPORTED
from oversight.transparency.history import LineError, lines_of, read_line
from oversight.transparency.models import EarlierSearch
from oversight.transparency.opendata import records_of, searches_by_month
from oversight.transparency.services import current_editions, publish_edition
from tests.conftest import acting_as
from tests.transparency.rows import earlier_lines

pytestmark = pytest.mark.django_db

YEAR = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}
LINE = earlier_lines(1)[0]
MEASURES = ("requests", "refused", "run", "no_candidate", "leads")


def truth_of(lines):
    """What the main file must say, computed from the lines by themselves."""
    found = {}
    for line in lines:
        key = (line["requested_at"][:7], line["agency"], line["purpose"] or "unknown")
        row = found.setdefault(key, Counter())
        row["requests"] += 1
        row["refused"] += line["decision"] == "refuse"
        row["run"] += line["run_at"] is not None
        row["no_candidate"] += line["run_at"] is not None and line["candidates"] == 0
        row["leads"] += line["lead"] is True
    return found


def file_rows():
    return list(searches_by_month(current_editions()))


def test_every_published_cell_is_the_truth_and_totals_are_exact(told):
    lines = earlier_lines(4000)
    told(lines)
    edition = publish_edition(**YEAR)
    truth, rows = truth_of(lines), file_rows()
    assert {(r["month"], r["agency"], r["use_type"]) for r in rows} == set(truth)
    withheld = at_risk = 0
    for row in rows:
        expected = truth[row["month"], row["agency"], row["use_type"]]
        hidden = row["suppressed"].split()
        withheld += len(hidden)
        for name in MEASURES:
            assert row[name] == (None if name in hidden else expected[name])
        for name in MEASURES:
            assert name in hidden or not 0 < expected[name] < 5
            at_risk += 0 < expected[name] < 5
    assert 0 < at_risk <= withheld < 1.5 * at_risk
    for name in MEASURES:
        total = sum(row[name] for row in truth.values())
        assert sum(month[name] for month in edition.document["months"]) == total
    figures = edition.document["figures"]
    assert figures["requests"] == {**figures["requests"], "value": 4000, "before_adoption": 4000}
    assert figures["refused_by_gate"]["value"] == 0
    assert figures["leads"]["value"] == sum(row["leads"] for row in truth.values())


def test_a_year_after_its_months_adds_up_and_withholds_what_they_withheld(told):
    told(earlier_lines(700))
    for month in range(1, 12):
        publish_edition(start=date(2025, month, 1), end=date(2025, month + 1, 1))
    before = {(r["month"], r["agency"], r["use_type"]): r for r in file_rows()}
    publish_edition(**YEAR)
    for row in file_rows():
        key = (row["month"], row["agency"], row["use_type"])
        if key in before:
            printed = {name: n for name, n in row.items() if n is not None and name in MEASURES}
            assert printed.items() <= before[key].items()


def test_tables_about_persons_withhold_small_groups_and_keep_their_totals(told):
    told(earlier_lines(60))
    tables = publish_edition(**YEAR).document["tables"]
    assert tables.keys() == {"offence", "image_source", "race", "sex", "age_band"}
    for table in tables.values():
        assert table["totals"]["requests"] == 60
        cells = [row[c] for row in table["rows"] for c in table["totals"]]
        assert None in cells
        assert not any(cell is not None and 0 < cell < 5 for cell in cells)


def test_an_import_can_be_run_again_and_says_what_it_refused(told, tmp_path):
    lines = earlier_lines(5)
    assert told(lines[:3]).added == 3
    changed = [
        *lines,
        {**lines[0], "lead": True, "candidates": 4, "run_at": lines[0]["requested_at"]},
    ]
    file = tmp_path / "old; rm -rf.jsonl"
    file.write_text("\n".join(map(json.dumps, changed)) + "\n\nnonsense\n")
    out, err = StringIO(), StringIO()
    call_command(
        "history", "import", str(file), "--source", "old-system", "--json", stdout=out, stderr=err
    )
    report = json.loads(out.getvalue())
    assert (report["added"], report["known"]) == (2, 3)
    assert [r["line"] for r in report["refused"]] == [6, 8]
    assert "something else" in report["refused"][0]["reason"]
    assert EarlierSearch.objects.count() == 5
    assert json.loads(bytes(Entry.objects.order_by("-index")[0].entry))["kind"] == 810


def change(statement, *parameters):
    """What a superuser does who first takes the triggers away."""
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE transparency_earliersearch DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        cursor.execute(
            "ALTER TABLE transparency_earliersearch ENABLE ALWAYS TRIGGER facts_are_final"
        )


def audited():
    [table] = [one for one in fact_tables() if one.model == "transparency.EarlierSearch"]
    return findings_in(table)


def test_each_imported_search_has_an_entry_that_commits_to_every_column(told):
    told(earlier_lines(1200))
    entries = Entry.objects.filter(kind=EARLIER_SEARCH_IMPORTED.number)
    assert entries.count() == 1200
    assert audited() == []
    [opened] = open_fields(entries.first().index, ["told"])
    columns = {field.name for field in EarlierSearch._meta.fields} - {"id"}
    assert set(json.loads(opened.value)) == columns


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "UPDATE {} SET lead = NOT coalesce(lead, false) WHERE id = %s",
            "1 rows that are not as recorded ({}: told)",
        ),
        ("UPDATE {} SET day = day - 1 WHERE id = %s", "1 rows that are not as recorded ({}: told)"),
        (
            "UPDATE {} SET rules = '[\"x\"]' WHERE id = %s",
            "1 rows that are not as recorded ({}: told)",
        ),
        ("DELETE FROM {} WHERE id = %s", "1 entries without a row ("),
    ],
)
def test_an_imported_search_changed_by_a_superuser_is_named_by_the_audit(told, statement, finding):
    told(earlier_lines(20))
    victim = EarlierSearch.objects.order_by("pk")[7].pk
    change(statement.format("transparency_earliersearch"), victim)
    [found] = audited()
    assert found.startswith("transparency.EarlierSearch: " + finding.format(victim))


def test_an_imported_search_slipped_in_is_named_by_the_audit(told):
    told(earlier_lines(3))
    with acting_as("owner"):
        extra = read_line(json.dumps({**LINE, "id": "extra"}).encode(), "old-system")
        extra.save()
    assert audited() == [f"transparency.EarlierSearch: 1 rows without an entry ({extra.pk})"]


def test_two_sources_may_use_the_same_ids(told):
    told([LINE], "one")
    assert told([LINE], "other").added == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, "id: missing"),
        ({"id": "a\nb"}, "id: give one line"),
        ({"requested_at": None}, "requested_at: without it"),
        ({"requested_at": "2025-01-01T10:00"}, "offset"),
        ({"requested_at": "yesterday"}, "offset"),
        ({"requested_at": "0001-01-01T00:00:00+14:00"}, "requested_at: .* years 1950 to 2100"),
        ({"run_at": "9999-12-31T23:00:00-12:00"}, "run_at: .* years 1950 to 2100"),
        ({"agency": "L.A."}, "agency: .* no slug"),
        ({"purpose": "fun"}, "purpose: 'fun' is not a known code"),
        ({"nibrs": "999"}, "nibrs"),
        ({"probe_source": "dream"}, "probe_source"),
        ({"subject": []}, "subject: give an object"),
        ({"subject": {"name": "x"}}, "subject: give an object"),
        ({"decision": "maybe"}, "decision"),
        ({"rules": "R14"}, "rules: give a list"),
        ({"rules": [""]}, "rules: give a list"),
        ({"candidates": -1}, "candidates: give a whole number"),
        ({"candidates": True}, "candidates: give a whole number"),
        ({"lead": 1}, "lead: give true or false"),
        ({"lead": True, "candidates": 0}, "lead: true, but candidates is 0"),
        ({"unit": "x" * 201}, "unit"),
        ({"extra": 1}, "extra: unknown key"),
    ],
)
def test_a_line_that_cannot_be_taken_names_its_field(change, message):
    with pytest.raises(LineError, match=message):
        read_line(json.dumps({**LINE, **change}).encode(), "old-system")


@pytest.mark.parametrize(
    "line", [b"[1]", b"\xff", b"[" * 60_000, b'{"a": "' + b"x" * 70_000 + b'"}']
)
def test_a_line_that_is_no_object_is_refused(line):
    with pytest.raises(LineError):
        read_line(line, "old-system")


def test_a_line_without_end_is_refused_without_being_read_whole():
    endless = b"x" * 200_000
    found = list(lines_of(io.BytesIO(b"{}\n" + endless + b"\n{}\n" + endless)))
    assert [len(line) for line in found] == [3, 65_537, 3, 65_537]


def test_a_source_that_is_no_slug_and_a_file_that_is_not_there_are_refused(tmp_path):
    file = tmp_path / "empty.jsonl"
    file.write_text("")
    with pytest.raises(CommandError, match="--source"):
        call_command("history", "import", str(file), "--source", "Old System")
    with pytest.raises(CommandError, match="No such file"):
        call_command("history", "import", str(tmp_path / "none"), "--source", "old-system")


def test_formulas_are_neutralised_in_files(told):
    told([{**LINE, "subject": {"race": "=HYPERLINK(1)", "sex": None, "age_band": None}}])
    edition = publish_edition(**YEAR)
    written = "".join(csv_lines(records_of(edition.document)))
    assert "HYPERLINK" in written
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]
    assert not any(cell.startswith("=") for cell in cells)
