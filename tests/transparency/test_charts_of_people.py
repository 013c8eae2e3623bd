"""Shares of groups and the six concerns: nothing is said that was withheld or not measured."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from oversight.policy import gate
from oversight.transparency.concerns.catalogue import CONCERNS
from oversight.transparency.demographics.intervals import wilson
from oversight.transparency.demographics.rates import RATES, finding, groups_of
from oversight.transparency.history import import_history
from oversight.transparency.selectors import edition_numbered
from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import RULE, Office, earlier_lines, moment


@given(st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=60, deadline=None)
def test_intervals_are_wilsons(pair):
    share = wilson(*pair)
    other = binomtest(*pair).proportion_ci(method="wilson")
    assert (share.low, share.high) == pytest.approx((other.low, other.high), abs=1e-9)
    assert 0 <= share.low <= share.point <= share.high <= 1


@pytest.mark.parametrize(("some", "whole"), [(1, 0), (3, 2), (-1, 2)])
def test_no_share_of_nothing(some, whole):
    with pytest.raises(ValueError, match="no share"):
        wilson(some, whole)


CELL = st.none() | st.integers(0, 400)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5)


@given(ROWS)
@settings(max_examples=100)
def test_the_finding_says_exactly_which_intervals_lie_apart(rows):
    table = {
        "rows": [
            {"row": f"g{index}", "no_candidate": none, "no_lead": no, "lead": lead}
            for index, (none, no, lead) in enumerate(rows)
        ]
    }
    groups = groups_of("race", table, RATES[0])
    shares = {group.label: group.share for group in groups if group.share}
    for index, row in enumerate(rows):
        if None in row:
            assert f"g{index}" not in shares, "a withheld count makes the share withheld"
    sentence = finding(groups)
    told = set(re.findall(r"(g\d) and (g\d)", sentence))
    apart = {
        (a, b)
        for a in shares
        for b in shares
        if a < b and (shares[a].high < shares[b].low or shares[b].high < shares[a].low)
    }
    assert told == apart
    assert ("overlap" in sentence) == (len(shares) > 1 and not apart)


@pytest.fixture(scope="module")
def published(shared_database):
    """A year of imported searches, and a month in which one rule refused twice."""
    lines = [json.dumps(line).encode() for line in earlier_lines(300)]
    import_history(lines=lines, source="old-system")
    publish_edition(start=date(2025, 1, 1), end=date(2026, 1, 1))
    office = Office()
    for _ in range(2):
        office.refuse(office.send(moment("2026-03-04T14:05")), RULE)
    publish_edition(start=date(2026, 3, 1), end=date(2026, 4, 1))


def page_of(address):
    response = Client().get(address)
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert faults(page) == []
    return page, unescape(" ".join(re.sub(r"<[^>]+>", " ", page.source).split()))


def test_the_page_tells_of_imported_history_only_and_says_so(published):
    page, text = page_of("/demographics/")
    assert "it does not guess them from a picture" in text
    assert 'href="/reports/1/"' in page.source, "the edition with such tables, not the latest"
    assert {figure.attrs["id"] for figure in page.all("figure", "chart")} == {
        f"{rate}-by-{name}" for rate in ("leads", "refused") for name in ("race", "sex", "age-band")
    }
    assert "Compared with whom?" in text
    assert Client().get("/demographics/?edition=2").status_code == 404
    assert Client().get("/demographics/?edition=1").status_code == 200
    for kind in ("svg", "csv"):
        assert Client().get(f"/reports/1/charts/leads-by-race.{kind}").status_code == 200


def test_shares_come_from_published_cells_alone(published):
    table = edition_numbered(1).document["tables"]["race"]
    rows = {row["row"]: row for row in table["rows"]}
    for group in groups_of("race", table, RATES[0]):
        row = rows.get(group.label, rows["unknown"])
        cells = [row[name] for name in ("no_candidate", "no_lead", "lead")]
        assert group.withheld == (None in cells)
        if group.share:
            assert (group.share.some, group.share.whole) == (row["lead"], sum(cells))


def test_each_concern_has_its_rules_its_evidence_and_its_gaps(published):
    page, text = page_of("/concerns/")
    law = gate.catalogue()
    binding = law.in_force("lapd", date(2026, 3, 31))
    for concern in CONCERNS:
        assert str(concern.title) in text
        for gap in concern.unmeasured:
            assert str(gap) in text
    shown = set(re.findall(r'href="/rules/([^"/]+/[^"/]+)/"', page.source))
    wanted = {number for concern in CONCERNS for number in concern.safeguards}
    assert {rule.id for rule in binding if rule.safeguard in wanted} <= shown
    for rule in binding:
        if rule.id in shown and rule.evidence != "S":
            assert "Unverified" in text or "Sources conflict" in text
    consent = text[text.index("5. Pictures are used") :]
    assert "where the picture came from 2" in consent
    process = text[text.index("4. People are accused") :]
    assert "Persons wrongly identified not yet recorded" in process


def test_a_safeguard_without_a_rule_is_named(published):
    _page, text = page_of("/concerns/")
    served = {rule.safeguard for rule in gate.catalogue().in_force("lapd", date.today())}  # noqa: DTZ011  (far from any border)
    missing = {number for c in CONCERNS for number in c.safeguards} - served
    assert missing
    assert all(f"{number}:" in text for number in missing)


def test_before_the_first_edition_the_pages_say_so(live_database):
    assert "No report tells of race, sex or age" in page_of("/demographics/")[1]
    assert "Nothing has been published yet" in page_of("/concerns/")[1]
