"""Whatever an edition withholds is shown as withheld: on pages, in pictures, files and sentences."""

import copy
import json
from datetime import date

import pytest
from django.utils import timezone

from oversight.interface import pdf
from oversight.transparency import opendata, presenting
from oversight.transparency.charts import charts_of
from oversight.transparency.concerns.evidence import answers
from oversight.transparency.datasets.of_an_edition import OF_AN_EDITION
from oversight.transparency.history import import_history
from oversight.transparency.reports import presenting as reports
from oversight.transparency.reports.calendar import term_of
from oversight.transparency.reports.catalogue import packs
from oversight.transparency.reports.document import build_report
from oversight.transparency.reports.printing import printed
from oversight.transparency.reports.records import edition_records_of, records_of
from oversight.transparency.selectors import edition_numbered
from oversight.transparency.services import publish_edition
from tests.interface.pdf import Opened, faults
from tests.transparency.rows import earlier_lines

REFUSED = (
    *("refused_by_gate", "refused_by_supervisor"),
    *("refused_before_adoption", "run_although_refused"),
)
LISTS = ("searches", "months", "use_types", "units", "areas", "refusals_by_rule")
MEASURES = ("requests", "refused", "run", "no_candidate", "leads")
COUNTS = set(MEASURES)


@pytest.fixture(scope="module")
def edition(shared_database):
    lines = [json.dumps(line).encode() for line in earlier_lines(300)]
    import_history(lines=lines, source="old-system")
    publish_edition(start=date(2025, 1, 1), end=date(2026, 1, 1))
    return edition_numbered(1)


def hidden(edition, rows=slice(None)):
    """The edition with every count of these rows of its tables withheld; its figures stand."""
    found = copy.copy(edition)
    found.document = copy.deepcopy(edition.document)
    for name in LISTS:
        for row in found.document[name][rows]:
            gone = COUNTS & row.keys()
            row.update(dict.fromkeys(gone))
            if "suppressed" in row:
                row["suppressed"] = sorted(gone)
    return found


def test_the_sentence_on_refusals_adds_up_the_figures(edition):
    refused = sum(edition.document["figures"][name]["value"] for name in REFUSED)
    assert f"{refused} requests of 300 were refused" in presenting.story(edition.document)[-1][1]


@pytest.mark.parametrize("rows", [slice(None), slice(1)])
def test_pages_pictures_and_sentences_say_that_a_count_is_withheld(edition, rows):
    found = hidden(edition, rows)
    texts = [answer for _, answer in presenting.story(found.document)]
    assert "None" not in " ".join(texts)
    assert "withheld" in texts[2].lower()
    gone = [row["use_type"] for row in found.document["use_types"] if row["requests"] is None]
    assert gone
    if rows != slice(None):
        told = texts[2].partition("Withheld, and perhaps higher: ")[2]
        assert told == "; ".join(map(presenting.use_label, gone)) + "."
    shown = {sheet.name: sheet for sheet in presenting.sheets(found.document)}
    for name in ("months", "use-types"):
        assert "withheld" in {cell.text for row in shown[name].rows for cell in row}, name
    drawn = {chart.name: chart for chart in charts_of(found.document)}
    for name in ("requests-by-month", "requests-by-purpose"):
        assert "withheld" in drawn[name].inline(), name
        assert None in [cell for row in drawn[name].records() for cell in row], name
    assert all(chart.file() for chart in drawn.values())
    assert answers("lapd", timezone.localdate(), found.document)


def test_files_leave_withheld_cells_empty_and_name_them(edition):
    found = hidden(edition, slice(1))
    first, *others = opendata.searches_by_month([found])
    assert set(first["suppressed"].split()) == COUNTS
    for row in (first, *others):
        assert row["suppressed"].split() == [name for name in MEASURES if row[name] is None]
    for dataset in OF_AN_EDITION:
        header, *records = dataset.records(found.document)
        needed = [i for i, column in enumerate(dataset.columns) if column.required]
        assert all(record[i] is not None for record in records for i in needed), dataset.name
        assert len(header) == len(dataset.columns)
    assert [each for each in edition_records_of(found.document) if each[3] is None]


def test_reports_and_documents_are_made_of_it(edition):
    found = hidden(edition)
    content = pdf.typeset(printed(found, "es"))
    assert faults(Opened(content)) == []
    for pack in packs().values():
        term = term_of(pack.due, date(2025, 6, 4))
        document = {"number": 1, **build_report(pack, term, found, [], at=timezone.now())}
        assert reports.items(document, found.document)
        assert all(record[4] is not None for record in records_of(document) if record[5] == "exact")
