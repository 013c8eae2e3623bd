"""Counting a period costs what happened in it, not what the database holds."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from oversight.requests.models import SearchRequest, Submission
from oversight.transparency.counting import counted_requests
from oversight.transparency.models import EarlierSearch
from oversight.transparency.services import publish_edition
from tests.transparency.rows import moment

pytestmark = pytest.mark.django_db

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
_TABLES = [
    model._meta.db_table
    for app in ("people", "requests", "leads", "transparency")
    for model in apps.get_app_config(app).get_models()
]


@pytest.fixture
def archive(office, as_role):
    """Six thousand requests and earlier searches outside March 2026, a dozen inside."""
    with as_role("owner"):
        _fill(office, moment("2021-01-01T12:00"), 6000, timedelta(hours=7))
        _fill(office, moment("2026-03-02T12:00"), 12, timedelta(days=2))
        # What the planner knows must not hang on when autovacuum last came by.
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(_TABLES)}")


def _fill(office, start, count, step):
    requests = SearchRequest.objects.bulk_create(
        SearchRequest(agency=office.agency, unit=office.unit, requester=office.officer)
        for _ in range(count)
    )
    Submission.objects.bulk_create(
        Submission(
            request=request,
            sequence=1,
            answers={"purpose": "criminal_investigation"},
            probe=uuid4(),
            face_index=0,
            submitted_at=start + index * step,
        )
        for index, request in enumerate(requests)
    )
    EarlierSearch.objects.bulk_create(
        EarlierSearch(
            source="old",
            key=f"{start}-{index}",
            day=(start + index * step).date(),
            requested_at=start + index * step,
            decision="permit",
        )
        for index in range(count)
    )


def _nodes(plan):
    yield plan
    for child in plan.get("Plans", []):
        yield from _nodes(child)


def test_no_query_touches_rows_outside_the_period(archive):
    with CaptureQueriesContext(connections["default"]) as queries:
        assert sum(1 for _ in counted_requests(*MARCH)) == 24
    reads = [q["sql"] for q in queries if q["sql"].startswith(("SELECT", "DECLARE"))]
    assert len(reads) >= 2
    for sql in reads:
        select = sql[sql.index("SELECT") :]
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {select}")
            (found,) = cursor.fetchone()
        plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
        for node in _nodes(plan):
            touched = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
            assert touched < 100, (select[:200], node["Node Type"], touched)


def test_the_number_of_queries_does_not_grow_with_the_requests(archive, office):
    def asked():
        with CaptureQueriesContext(connections["default"]) as queries:
            list(counted_requests(*MARCH))
        return len(queries)

    before = asked()
    for _ in range(10):
        office.run(office.send(moment("2026-03-05T12:00")), "lead")
    assert asked() <= before + 1


def test_a_publication_takes_a_bounded_number_of_queries(archive, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        publish_edition(start=MARCH[0], end=MARCH[1])
