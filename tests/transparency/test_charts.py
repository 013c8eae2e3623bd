"""Charts of editions: the sentence is true, the table is the data, the files are there."""

import csv
import io
import json
import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.transparency.charts import charts_of, findings
from oversight.transparency.history import import_history
from oversight.transparency.selectors import edition_numbered
from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import RULE, Office, earlier_lines, moment

COUNTS = st.lists(
    st.tuples(st.text("abcdef", min_size=3, max_size=5), st.none() | st.integers(0, 99)),
    max_size=8,
    unique_by=lambda named: named[0],
)


def numbers_in(sentence):
    return [int(number) for number in re.findall(r"\b\d+\b", sentence)]


@given(COUNTS)
@settings(max_examples=150)
def test_the_highest_is_the_highest_and_names_all_that_share_it(counts):
    sentence = findings.most(counts)
    known = {name: value for name, value in counts if value is not None}
    top = max(known.values(), default=0)
    hidden = len(counts) - len(known)
    if not top:
        assert numbers_in(sentence) == ([hidden] if hidden else [])
        assert ("Nothing was counted" in sentence) == (not hidden)
        return
    assert numbers_in(sentence) == [top]
    named = set(sentence.rpartition(": ")[2].rstrip(".").split("; "))
    assert named == {name for name, value in known.items() if value == top}
    assert ("not withheld" in sentence) == bool(hidden)


@given(COUNTS)
@settings(max_examples=150)
def test_rose_fell_or_stayed_is_what_happened(counts):
    sentence = findings.change(counts, "Requests")
    values = [value for _name, value in counts]
    if None in values or len(values) < 2:
        assert sentence == findings.most(counts)
        return
    before, last = values[-2:]
    word = "rose" if last > before else "fell" if last < before else "stayed"
    assert f"Requests {word}" in sentence
    assert numbers_in(sentence) == ([before, last] if last != before else [last])


@pytest.fixture(scope="module")
def published(shared_database):
    """A year of imported searches, and a month of this system's."""
    import_history(
        lines=[json.dumps(line).encode() for line in earlier_lines(300)], source="old-system"
    )
    publish_edition(start=date(2025, 1, 1), end=date(2026, 1, 1))
    office, at = Office(), moment("2026-03-04T14:05")
    office.refuse(office.send(at), RULE)
    office.run(office.send(at), "lead")
    publish_edition(start=date(2026, 3, 1), end=date(2026, 4, 1))


@pytest.fixture
def charts(published):
    return {chart.name: chart for chart in charts_of(edition_numbered(1).document)}


def test_an_edition_has_a_chart_of_everything_that_it_counts(charts):
    assert list(charts) == [
        "requests-ended",
        "requests-by-month",
        "requests-by-purpose",
        "searches-gave",
        "requests-by-offence",
        "requests-by-image-source",
    ]


def test_findings_of_an_edition_are_true_of_its_document(charts):
    document = edition_numbered(1).document
    value = {name: figure["value"] for name, figure in document["figures"].items()}
    assert numbers_in(charts["requests-ended"].finding) == [value["requests"], value["run"]]
    assert numbers_in(charts["searches-gave"].finding) == [value["run"], value["leads"]]
    before, last = (row["requests"] for row in document["months"][-2:])
    assert f"from {before} in Nov 2025" in charts["requests-by-month"].finding or before == last
    uses = max(row["requests"] for row in document["use_types"])
    assert numbers_in(charts["requests-by-purpose"].finding) == [uses, value["requests"]]


def test_tables_of_charts_hold_the_counts_of_the_document(charts):
    document = edition_numbered(1).document
    months = charts["requests-by-month"].rows
    assert [row[1:] for row in months] == [
        [row[name] for name in ("requests", "refused", "run")] for row in document["months"]
    ]
    offences = sorted(str(row[1]) for row in charts["requests-by-offence"].rows)
    told = [row["requests"] for row in document["tables"]["offence"]["rows"]]
    assert offences == sorted(str(count) for count in told if count != 0)


def test_a_month_in_which_nothing_was_asked_for_is_drawn_as_zero(published):
    """A line from December to March would say that January had requests."""
    document = edition_numbered(1).document
    rows = [row for row in document["months"] if row["month"] not in {"2025-04", "2025-05"}]
    drawn = {chart.name: chart for chart in charts_of({**document, "months": rows})}
    table = drawn["requests-by-month"].rows
    assert table[3:5] == [["Apr 2025", 0, 0, 0], ["May 2025", 0, 0, 0]]
    assert len(table) == 12
    told = [row for index, row in enumerate(document["months"]) if index not in {3, 4}]
    assert [row[1] for row in table[:3] + table[5:]] == [row["requests"] for row in told]


def test_the_page_of_figures_shows_them_with_their_files(published):
    client = Client()
    response = client.get("/statistics/")
    page = Page(response.content.decode())
    assert faults(page) == []
    shown = page.all("figure", "chart")
    assert len(shown) == 6
    for link in page.all("p", "chart__files"):
        assert link.text
    addresses = set(re.findall(r'href="(/reports/2/charts/[^"]+)"', page.source))
    assert len(addresses) == 2 * len(shown)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        if address.endswith(".svg"):
            ET.fromstring(answer.content)  # noqa: S314  (a file of our own)
        else:
            assert len(list(csv.reader(io.StringIO(answer.content.decode())))) > 1
    assert client.get("/reports/2/charts/nothing.svg").status_code == 404
    assert client.get("/reports/9/charts/requests-ended.csv").status_code == 404


def test_drawings_speak_the_language_of_their_address(published):
    with override("es"):
        assert "/es/reports/2/charts/" in Client().get("/es/statistics/").content.decode()
