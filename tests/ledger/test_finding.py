"""Finding entries costs what is found, not what the record holds."""

import pytest
from django.db import connection

from oversight.ledger import services
from oversight.ledger.selectors import entries_telling, find_entries
from oversight.people.events import ACCOUNT_CREATED
from oversight.requests.events import SHEET_OPENED
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

DAYS = [
    f"20{year}-{month:02}-{day:02}"
    for year in (24, 25)
    for month in range(1, 13)
    for day in range(1, 28)
]


@pytest.fixture
def archive():
    """Six thousand openings of sheets over two years at sixty agencies."""
    services.append_entries(
        event=SHEET_OPENED,
        entries=[
            (
                {"agency": f"agency-{number % 60}", "day": DAYS[number // 10]},
                {"submission": number, "supervisor": 7, "at": None},
            )
            for number in range(6000)
        ],
    )
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_entry, ledger_secret")


@pytest.mark.parametrize(
    ("filters", "index", "count"),
    [
        ({"day": "2025-03-04"}, "ledger_entry_day", 10),
        ({"day": "2025-03"}, "ledger_entry_day", 270),
        ({"agency": "agency-7"}, "ledger_entry_agency", 100),
        ({"kind": str(ACCOUNT_CREATED.number)}, "ledger_entry_kind", 0),
    ],
)
def test_each_filter_has_its_index_for_the_page_and_for_the_count(archive, filters, index, count):
    found = find_entries(**filters)
    assert found.count() == count
    assert "Seq Scan" not in found.order_by("-index")[:25].explain()
    with connection.cursor() as cursor:
        query, given = found.order_by().query.sql_with_params()
        cursor.execute(f"EXPLAIN SELECT count(*) FROM ({query}) AS found", given)
        assert index in str(cursor.fetchall())


def test_without_a_filter_a_page_is_read_from_the_end(archive):
    plan = find_entries().order_by("-index")[:25].explain()
    assert "Index Scan Backward using ledger_entry_pkey" in plan


def test_filters_together_give_what_meets_them_all(archive):
    entries = find_entries(day="2024-01", agency="agency-3", kind=str(SHEET_OPENED.number))
    days = {entry.document["public"]["day"] for entry in entries}
    assert entries
    assert {day[:7] for day in days} == {"2024-01"}
    assert {entry.document["public"]["agency"] for entry in entries} == {"agency-3"}


def test_what_entries_tell_is_found_without_opening_any(archive):
    [found] = entries_telling([SHEET_OPENED], "submission", [4321])
    assert find_entries().get(index=found).document["public"]["agency"] == "agency-1"
    assert entries_telling([SHEET_OPENED], "submission", ["4321", 6001]) == {}
    assert len(entries_telling([SHEET_OPENED], "supervisor", [7])) == 6000
    with pytest.raises(ValueError, match="account-created does not commit to submission"):
        entries_telling([ACCOUNT_CREATED], "submission", [1])
