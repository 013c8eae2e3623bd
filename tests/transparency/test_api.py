"""The read API as programs see it: what is answered, what is refused and how, and for whom."""

import hashlib
import json
from datetime import date, datetime

import pytest
from django.core.cache import cache
from django.test import Client
from jsonschema import Draft202012Validator

from oversight.people.models import Role, RoleGrant
from oversight.policy.services import suspend_use
from oversight.transparency.history import import_history
from oversight.transparency.reports.calendar import term_of
from oversight.transparency.reports.catalogue import packs
from oversight.transparency.reports.services import file_report, write_statement
from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import RULE, Office, earlier_lines, moment

pytestmark = pytest.mark.usefixtures("published")

YEAR = {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}
MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
ADDRESSES = (
    "/api/v1/",
    "/api/v1/editions/",
    "/api/v1/editions/1/",
    "/api/v1/editions/1/figures/",
    "/api/v1/editions/1/tables/",
    "/api/v1/filed-reports/",
    "/api/v1/filed-reports/1/",
    "/api/v1/statistics/",
    "/api/v1/definitions/",
    "/api/v1/searches-by-month/",
    "/api/v1/packs/",
    "/api/v1/packs/lapd-2021/",
    "/api/v1/rules/",
    "/api/v1/rules/lapd-2021/officer-camera/",
)
PUBLICATIONS = [a for a in ADDRESSES if "packs" not in a and "rules" not in a]


@pytest.fixture
def client():
    cache.clear()  # a minute's requests of the tests before
    return Client()


@pytest.fixture(scope="module")
def published(shared_database):
    """Editions of 2025 (imported), of March 2026, and its correction."""
    lines = [json.dumps(line).encode() for line in earlier_lines(60)]
    import_history(lines=lines, source="old-system")
    office = Office()
    publish_edition(**YEAR)
    for _ in range(6):
        office.refuse(office.send(moment("2026-03-04T14:05")), RULE)
    publish_edition(**MARCH)
    office.run(office.send(moment("2026-03-05T14:05")), "lead")
    publish_edition(**MARCH, corrects=2, because="One was left out.")
    file_report(pack="maryland-2-510", **YEAR)
    own = term_of(packs()["maryland-2-510"].due, YEAR["start"])
    write_statement(
        author=office.supervisor,
        pack=packs()["maryland-2-510"],
        term=own,
        item="systems",
        text="One gallery.",
    )
    file_report(pack="maryland-2-510", **YEAR, corrects=1, because="It named no system.")


def problem_of(response, status):
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["status"] == status
    assert body["type"].startswith("/api/#")
    return body


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers_everyone_from_every_site(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["RateLimit-Policy"] == '"address";q=300;w=60'
    assert "Set-Cookie" not in response
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Access-Control-Allow-Origin"] == "*"
    head = client.head(address)
    assert (head["ETag"], head.content) == (response["ETag"], b"")


@pytest.mark.parametrize("address", PUBLICATIONS)
def test_publications_are_read_through_the_publics_own_role(
    client, address, django_assert_num_queries
):
    """The other connection is asked for the state of the law alone, and only where it is shown."""
    with django_assert_num_queries(1 if "searches" in address else 0) as asked:
        assert client.get(address).status_code == 200
    assert all("policy_adoption" in query["sql"] for query in asked.captured_queries)


def test_an_edition_leads_to_its_document_figures_and_tables(client):
    edition = client.get("/api/v1/editions/3/").json()
    assert (edition["corrects"], edition["because"]) == (2, "One was left out.")
    document = client.get(edition["document"])
    assert edition["digest"] == f"sha256:{hashlib.sha256(document.content).hexdigest()}"
    figures = client.get(edition["figures"]).json()["figures"]
    told = {figure["name"]: figure["value"] for figure in figures}
    frozen = json.loads(document.content)["figures"]
    assert told == {name: figure["value"] for name, figure in frozen.items()}
    assert client.get("/api/v1/editions/2/").json()["corrected_by"] == 3
    assert client.get("/api/v1/statistics/").json()["edition"]["number"] == 3


def test_a_filed_report_leads_to_its_files_its_edition_and_its_correction(client):
    listed = client.get("/api/v1/filed-reports/").json()["results"]
    first, second = listed
    assert client.get(second["url"]).json() == second
    assert (first["number"], first["corrected_by"], first["corrects"]) == (1, 2, None)
    assert (second["corrects"], second["because"]) == (1, "It named no system.")
    assert (second["kind"], second["evidence"], second["late"]) == ("maryland-2-510", "S", True)
    assert second["nil_return"] is False
    assert client.get(second["edition"]).json()["number"] == 1
    document = client.get(second["document"])
    assert second["digest"] == f"sha256:{hashlib.sha256(document.content).hexdigest()}"
    assert second["title"] == document.json()["pack"]["title"]["en"]
    types = {name: client.get(second[name])["Content-Type"] for name in ("page", "table", "pdf")}
    assert types["pdf"] == "application/pdf"
    assert types["table"].startswith("text/csv")
    assert types["page"].startswith("text/html")
    numbers = {
        query: [
            row["number"] for row in client.get(f"/api/v1/filed-reports/?{query}").json()["results"]
        ]
        for query in ("current=true", "current=false", "kind=general", "since=2026-01-01")
    }
    assert numbers == {
        "current=true": [2],
        "current=false": [1],
        "kind=general": [],
        "since=2026-01-01": [],
    }
    (error,) = problem_of(client.get("/api/v1/filed-reports/?kind=maryland"), 400)["errors"]
    assert "maryland-2-510" in error["remedy"]
    problem_of(client.get("/api/v1/filed-reports/3/"), 404)


def test_tables_say_what_was_withheld_and_never_what(client):
    body = client.get("/api/v1/editions/1/tables/").json()
    race = next(table for table in body["tables"] if table["name"] == "race")
    frozen = client.get("/reports/1.json").json()["tables"]["race"]
    assert [row["counts"] for row in race["rows"]] == [
        {name: row[name] for name in race["totals"]} for row in frozen["rows"]
    ]
    cells = [value for row in race["rows"] for value in row["counts"].values()]
    assert None in cells, "60 searches in three groups leave small cells"


def test_lists_come_in_pages_that_link_to_one_another(client):
    seen, address = [], "/api/v1/searches-by-month/?page_size=7"
    while address:
        response = client.get(address)
        body = response.json()
        seen += body["results"]
        assert ('rel="next"' in response["Link"]) == bool(body["next"])
        address = body["next"]
    assert len(seen) == body["count"] > 7
    lines = client.get("/open-data/searches-by-month.csv").content.decode().splitlines()
    assert len(lines) == len(seen) + 1
    problem_of(client.get("/api/v1/searches-by-month/?page=99"), 404)


def test_filters_choose_rows(client):
    rows = client.get(
        "/api/v1/searches-by-month/?month_from=2025-03&month_to=2025-05&agency=lapd"
    ).json()["results"]
    assert {row["agency"] for row in rows} == {"lapd"}
    assert {row["month"] for row in rows} == {"2025-03", "2025-04", "2025-05"}
    numbers = {
        query: [row["number"] for row in client.get(f"/api/v1/editions/?{query}").json()["results"]]
        for query in ("current=true", "current=false", "since=2026-01-01", "until=2026-01-01")
    }
    assert numbers == {
        "current=true": [1, 3],
        "current=false": [2],
        "since=2026-01-01": [2, 3],
        "until=2026-01-01": [1],
    }
    rules = client.get("/api/v1/rules/?agency=lapd&safeguard=R14&in_force=true").json()["results"]
    assert "lapd-2021/officer-camera" in {rule["id"] for rule in rules}
    assert {rule["safeguard"] for rule in rules} == {"R14"}
    packs = client.get("/api/v1/packs/?agency=lapd").json()["results"]
    assert {"house", "lapd-2021"} <= {pack["slug"] for pack in packs}


@pytest.mark.parametrize(
    ("query", "name", "remedy"),
    [
        ("agencies=lapd", "agencies", "Use one of: agency, month_from, month_to, page, page_size"),
        ("agency=lapdd", "agency", "lapd"),
        ("agency=", "agency", "Use one of"),
        ("month_from=2026", "month_from", "2026-03"),
        ("month_from=2026-13", "month_from", "2026-03"),
        ("page=0", "page", "from 1 to"),
        ("page=1.0", "page", "from 1 to"),
        ("page_size=1001", "page_size", "from 1 to 1000"),
        ("agency=lapd&agency=sfpd", "agency", "Give it once."),
        ("use_type=%00", "use_type", "Use one of"),
        ("format=xml", "format", "Use one of"),
    ],
)
def test_what_is_unknown_is_refused_with_parameter_and_remedy(client, query, name, remedy):
    body = problem_of(client.get(f"/api/v1/searches-by-month/?{query}"), 400)
    (error,) = body["errors"]
    assert error["name"] == name
    assert remedy in error["remedy"]


def test_all_faults_are_told_at_once(client):
    body = problem_of(client.get("/api/v1/editions/?page=x&since=yesterday&colour=red"), 400)
    assert [error["name"] for error in body["errors"]] == ["colour", "page", "since"]


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/editions/9/",
        "/api/v1/editions/99999999999999999999/figures/",
        "/api/v1/packs/nowhere/",
        "/api/v1/rules/lapd-2021/nothing/",
        "/api/v1/nothing/",
        "/api/v2/",
        "/api/v1/editions/one/",
    ],
)
def test_what_is_not_there_is_a_problem_and_no_page(client, address):
    problem_of(client.get(address), 404)


def test_an_address_typed_without_its_last_slash_leads_on(client):
    moved = client.get("/api/v1/editions?page=1")
    assert (moved.status_code, moved["Location"]) == (301, "/api/v1/editions/?page=1")
    assert client.get("/api/v1")["Location"] == "/api/v1/"
    problem_of(client.get("/api/v1/nothing"), 404)


def test_only_reading_is_possible_and_other_forms_are_refused(client):
    for method in ("post", "put", "patch", "delete", "trace"):
        response = getattr(client, method)("/api/v1/editions/")
        problem_of(response, 405)
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    problem_of(client.get("/api/v1/", headers={"accept": "text/html"}), 406)
    preflight = client.options("/api/v1/editions/", headers={"origin": "https://example.org"})
    assert (preflight.status_code, preflight["Access-Control-Allow-Origin"]) == (204, "*")


def test_too_many_requests_are_told_to_wait(client, settings):
    settings.API_REQUESTS_A_MINUTE = 3
    assert [client.get("/api/v1/").status_code for _ in range(4)] == [200, 200, 200, 429]
    response = client.get("/api/v1/")
    problem_of(response, 429)
    assert 0 < int(response["Retry-After"]) <= 61
    kept = str(cache._cache) if hasattr(cache, "_cache") else ""
    assert "127.0.0.1" not in kept


def test_every_parameter_says_what_it_means(client):
    paths = client.get("/api/schema/openapi.json").json()["paths"]
    told = {
        (path, each["name"]): each.get("description", "")
        for path, asked in paths.items()
        for each in asked["get"].get("parameters", ())
    }
    assert len(told) > 30
    assert not [name for name, text in told.items() if not text]


def test_the_description_is_openapi_as_json_and_yaml(client):
    found = client.get("/api/schema/")
    document = found.json()
    assert document["openapi"] == "3.1.0"
    assert client.get("/api/schema/openapi.json").json() == document
    yaml = client.get("/api/schema/", headers={"accept": "application/vnd.oai.openapi"})
    assert yaml.content.startswith(b"openapi: 3.1.0")
    assert client.get("/api/schema/openapi.yaml").content == yaml.content
    described = {path.replace("{number}", "1") for path in document["paths"]}
    assert {a for a in ADDRESSES if "lapd" not in a} <= described
    for form in document["components"]["schemas"].values():
        Draft202012Validator.check_schema(form)
    operations = [path["get"]["operationId"] for path in document["paths"].values()]
    assert len(set(operations)) == len(operations)


def test_people_find_every_address_explained(client):
    response = client.get("/api/")
    assert faults(Page(response.content.decode())) == []
    for path in client.get("/api/schema/").json()["paths"]:
        assert f"GET {path}" in response.content.decode()
    spanish = client.get("/es/api/")
    assert spanish.status_code == 200


def test_before_the_first_edition_lists_are_empty_and_there_are_no_statistics(live_database):
    client = Client()
    assert client.get("/api/v1/editions/").json()["results"] == []
    assert client.get("/api/v1/searches-by-month/").json()["count"] == 0
    problem_of(client.get("/api/v1/statistics/"), 404)


def test_a_suspension_is_told_at_the_start(live_database):
    client = Client()
    assert client.get("/api/v1/").json()["suspension"] is None
    board = Office().officer
    RoleGrant.objects.create(person=board, role=Role.BOARD, held_from=date(2026, 1, 1))
    act = suspend_use(person=board, reason="A test.")
    told = client.get("/api/v1/").json()["suspension"]
    assert told["reason"] == "A test."
    assert datetime.fromisoformat(told["since"]) == act.suspended_at
