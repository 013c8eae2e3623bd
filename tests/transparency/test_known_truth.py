"""A year whose truth is known: imported by the command, published, and its files computed again.

What is checked against shares no code with what is checked: plain sums over the lines that went
in. OVERSIGHT_HISTORY_LINES makes the year larger (50,000 take some minutes with the solver's part).
"""

import csv
import io
import json
import os
from collections import Counter
from io import StringIO
from statistics import quantiles

import pytest
from django.core.management import call_command
from django.test import Client

from tests.transparency.attack import Attack, files_of
from tests.transparency.rows import Office, earlier_lines

LINES = int(os.environ.get("OVERSIGHT_HISTORY_LINES", "1500"))
NOT_PRINTED = ""


def year():
    """Invented searches of 2025; each also tells when it was signed off, and of which unit."""
    for number, line in enumerate(earlier_lines(LINES, seed=7)):
        unit = ("Robbery", "Vice", None)[number % 3]
        hour = int(line["requested_at"][11:13])
        signed = line["requested_at"].replace(f"T{hour:02}", "T23") if number % 2 else None
        yield {**line, "unit": unit, "signed_off_at": signed}


@pytest.fixture(scope="module")
def lines():
    return list(year())


@pytest.fixture(scope="module")
def published(shared_database, lines, tmp_path_factory):
    """Give a file of the edition as rows; everything goes through the commands and the pages."""
    Office()  # its unit Robbery is the only one that an agency lists
    source = tmp_path_factory.mktemp("history") / "2025.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    told = run("history", "import", str(source), "--source", "old-system", "--json")
    assert (told["added"], told["known"], told["refused"]) == (LINES, 0, [])
    run("publish", "--from", "2025-01-01", "--to", "2026-01-01", "--json")
    return read


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return json.loads(out.getvalue())


def read(name):
    response = Client().get(f"/open-data/{name}.csv")
    assert response.status_code == 200, name
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def measures(lines):
    """The five counts of the contract, by plain sums."""
    ran = [line for line in lines if line["run_at"]]
    return {
        "requests": len(lines),
        "refused": sum(line["decision"] == "refuse" for line in lines),
        "run": len(ran),
        "no_candidate": sum(line["candidates"] == 0 for line in ran),
        "leads": sum(line["lead"] is True for line in ran),
    }


def grouped(lines, key):
    groups = {}
    for line in lines:
        groups.setdefault(key(line), []).append(line)
    return {name: measures(group) for name, group in groups.items()}


def compare(row, truth, names):
    """Every printed cell is the truth, and what is not printed is named."""
    for name in names:
        if row[name] == NOT_PRINTED:
            assert name in row.get("suppressed", "").split()
        else:
            assert int(row[name]) == truth[name], (row, name)


def test_the_main_file_tells_the_truth_to_the_letter_of_its_contract(published, lines):
    rows = published("searches-by-month")
    assert list(rows[0]) == [
        *("month", "agency", "use_type", "requests", "refused", "run"),
        *("no_candidate", "leads", "suppressed"),
    ]
    truth = grouped(
        lines, lambda x: (x["requested_at"][:7], x["agency"], x["purpose"] or "unknown")
    )
    assert [(r["month"], r["agency"], r["use_type"]) for r in rows] == sorted(truth)
    for row in rows:
        expected = truth[row["month"], row["agency"], row["use_type"]]
        compare(row, expected, measures([]))
        for name in expected:
            assert name in row["suppressed"].split() or not 0 < expected[name] < 5


def test_no_withheld_number_can_be_derived_from_all_files_together(published):
    attack = Attack(files_of(published, 1))
    assert len(attack.withheld) > 20
    for cell, low, high in attack.intervals():
        assert high - low >= 1, f"{cell} can only be {low}"


def test_the_lists_are_exact_where_they_are_printed(published, lines):
    acts = ("requests", "refused", "run")
    for name, key, column in (
        ("months", lambda x: x["requested_at"][:7], "month"),
        ("use-types", lambda x: x["purpose"] or "unknown", "use_type"),
    ):
        truth = grouped(lines, key)
        rows = {row[column]: row for row in published(f"editions/1/{name}")}
        assert rows.keys() == truth.keys()
        for each, row in rows.items():
            compare(row, truth[each], acts)
            assert row["before_adoption"] == row["requests"]
    listed = {("lapd", "Robbery")}
    truth = grouped(
        lines,
        lambda x: (x["agency"], x["unit"] if (x["agency"], x["unit"]) in listed else "unknown"),
    )
    rows = {(row["agency"], row["unit"]): row for row in published("editions/1/units")}
    assert rows.keys() == truth.keys()
    for each, row in rows.items():
        compare(row, truth[each], acts)


def test_the_figures_are_exact_and_marked(published, lines):
    truth = measures(lines)
    figures = {row["figure"]: row for row in published("editions/1/figures")}
    for name in ("requests", "run", "no_candidate", "leads"):
        assert int(figures[name]["value"]) == truth[name]
        assert int(figures[name]["before_adoption"]) == truth[name]
    assert figures["refused_by_gate"]["value"] == "0"
    assert int(figures["refused_before_adoption"]["value"]) == truth["refused"]
    rules = {row["rule"]: row for row in published("editions/1/refusals-by-rule")}
    told = Counter(rule for x in lines if x["decision"] == "refuse" for rule in set(x["rules"]))
    assert {rule: int(row["requests"]) for rule, row in rules.items()} == told
    assert {row["imported"] for row in rules.values()} == {"true"}


def test_the_tables_about_persons_are_exact_where_they_are_printed(published, lines):
    rows = published("editions/1/groups")
    offences = Counter((line["nibrs"] or "unknown")[:2] for line in lines)
    offences["unknown"] = offences.pop("un", 0)
    races = Counter(((line["subject"] or {}).get("race") or "unknown") for line in lines)
    printed = 0
    for row in rows:
        if row["count"] != "requests" or row["table"] not in ("offence", "race"):
            continue
        truth = offences if row["table"] == "offence" else races
        expected = sum(truth.values()) if row["group"] == "all" else truth[row["group"]]
        if row["withheld"] == "false":
            assert int(row["value"]) == expected
            printed += 1
        assert row["withheld"] == "true" or not 0 < expected < 5
    assert printed > 10


def test_the_time_to_sign_off_is_that_of_the_lines(published, lines):
    def minutes(line):
        hours = int(line["signed_off_at"][11:13]) - int(line["requested_at"][11:13])
        return hours * 60

    times = [minutes(line) for line in lines if line["signed_off_at"]]
    (row,) = [r for r in published("editions/1/durations") if r["name"].startswith("waited_before")]
    assert int(row["counted"]) == len(times)
    assert int(row["median"]) == sorted(times)[(len(times) + 1) // 2 - 1]
    assert abs(int(row["nine_tenths"]) - quantiles(times, n=10)[8]) <= 60
