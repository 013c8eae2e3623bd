"""The public pages, as a stranger sees them: Django's public connection is the real one here."""

import csv
import hashlib
import io
import json
import re
from datetime import date
from html import unescape

import psycopg
import pytest
from django.test import Client

from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.transparency.rows import RULE, Office, moment

MARCH = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
PAGES = ("/", "/statistics/", "/reports/", "/open-data/")
# Other programs and printed matter rely on these (contracts, section 7).
PROMISED = (
    *PAGES,
    *("/reports/1/", "/reports/1.pdf", "/reports/1.json", "/reports/1.csv", "/data.json"),
    *("/rules/", "/rules/lapd-2021/purpose/", "/technologies/", "/comment/", "/complaints/"),
    *("/ledger/", "/feed.atom", "/accessibility/", "/api/v1/", "/api/schema/", "/healthz"),
)


@pytest.fixture
def site(live_database):
    """A city with a report of March 2026."""
    office = Office()
    at = moment("2026-03-04T14:05")
    for _ in range(6):
        office.refuse(office.send(at, nibrs="23C"))
    for _ in range(7):
        office.run(office.send(at, "missing_or_endangered", nibrs=""), "no_candidate")
    office.run(office.send(at), "lead")
    publish_edition(**MARCH)
    return live_database


@pytest.fixture
def client():
    return Client()


def text_of(response):
    assert response.status_code == 200
    return unescape(" ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()))


def test_before_the_first_edition_every_page_says_so(live_database, client):
    for address in PAGES:
        assert "Nothing has been published yet" in text_of(client.get(address))
    rows = list(
        csv.reader(io.StringIO(client.get("/open-data/searches-by-month.csv").content.decode()))
    )
    assert len(rows) == 1
    assert client.get("/data.json").json()["dataset"] == []
    assert client.get("/feed.atom").status_code == 200


def test_every_address_that_was_promised_answers(site, client):
    answers = {address: client.get(address).status_code for address in PROMISED}
    assert set(answers.values()) == {200}, answers


def test_the_front_page_answers_the_five_questions(site, client):
    text = text_of(client.get("/"))
    assert "Yes. 8 searches were run." in text
    assert "Officers sent 14 requests in 31 days." in text
    assert "Find a missing or endangered person (7)" in text
    assert "1 search of 8 gave a lead. 7 searches returned nobody." in text
    assert "6 requests of 14 were refused. The rules alone stopped 6." in text
    assert f"Most often because: {RULE['message']}" in text
    assert "March 1, 2026 to March 31, 2026" in text


def test_the_figures_come_with_definitions_rules_and_sources(site, client):
    text = text_of(client.get("/statistics/"))
    assert RULE["message"] in text
    assert RULE["citation"] in text
    assert "not yet recorded" in text.lower()
    assert "withheld" in text
    assert "compared with the gallery" in text


@pytest.mark.parametrize("address", [*PAGES, "/reports/1/"])
def test_pages_are_sound_markup_and_need_no_script_of_their_own(site, client, address):
    response = client.get(address)
    content = response.content.decode()
    assert faults(Page(content)) == []


def test_a_report_can_be_checked_against_its_digest(site, client):
    page = client.get("/reports/1/").content.decode()
    digest = re.search(r"sha256:([0-9a-f]{64})", page)[1]
    document = client.get("/reports/1.json")
    assert hashlib.sha256(document.content).hexdigest() == digest
    assert json.loads(document.content)["figures"]["requests"]["value"] == 14
    rows = list(csv.DictReader(io.StringIO(client.get("/reports/1.csv").content.decode())))
    assert {
        "list": "figures",
        "row": "",
        "count": "run",
        "value": "8",
        "before_adoption": "0",
    } in rows


@pytest.mark.parametrize("address", ["/reports/9/", "/reports/9.json", "/reports/99999999999999/"])
def test_a_report_that_does_not_exist_is_not_found(site, client, address):
    assert client.get(address).status_code == 404


def test_a_correction_is_told_on_both_editions_and_the_archive(site, client):
    office = Office("glendale-pd")
    for _ in range(6):
        office.refuse(office.send(moment("2026-03-09T14:05")))
    publish_edition(**MARCH, corrects=1, because="Glendale had been left out.")
    assert "Edition 2 corrects this one" in text_of(client.get("/reports/1/"))
    assert "What was wrong: Glendale had been left out." in text_of(client.get("/reports/2/"))
    archive = text_of(client.get("/reports/"))
    assert "Corrects edition 1." in archive
    assert "Corrected by edition 2." in archive
    assert "20 requests" in text_of(client.get("/"))
    assert "Glendale had been left out." in client.get("/feed.atom").content.decode()


def test_only_reading_is_possible(site, client):
    assert client.post("/").status_code == 405


def test_files_are_described_for_machines(site, client):
    package = client.get("/open-data/datapackage.json").json()
    header = client.get("/open-data/searches-by-month.csv").content.decode().splitlines()[0]
    fields = package["resources"][0]["schema"]["fields"]
    assert ",".join(field["name"] for field in fields) == header
    assert all(field["description"] for field in fields)
    assert "edition 1" in package["description"]
    catalogue = client.get("/data.json").json()
    required = {"title", "description", "keyword", "modified", "publisher", "contactPoint"}
    assert required | {"identifier", "accessLevel"} <= catalogue["dataset"][0].keys()
    assert catalogue["dataset"][0]["distribution"][0]["mediaType"] == "text/csv"
    addresses = re.findall(r'http://testserver(/[^"]+)"', json.dumps([package, catalogue]))
    assert addresses
    assert all(client.get(address).status_code == 200 for address in addresses)


def test_every_link_of_the_public_pages_leads_somewhere(site, client):
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen or address.removeprefix("/es").startswith(
            ("/ledger/", "/static/", "/accounts/")
        ):
            continue
        seen.add(address)
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response["Content-Type"].startswith("text/html"):
            waiting += re.findall(r'<a [^>]*href="(/[^"#]*)', response.content.decode())
    assert {"/reports/1/", "/reports/1.csv", "/open-data/datapackage.json"} <= seen


def test_the_public_role_reads_what_is_published_and_no_room_with_cases(site):
    """The council's and the board's published tables, and the halt for the banner, are the rest."""
    with site.connect("public") as session:
        assert session.execute("SELECT count(*) FROM transparency_edition").fetchone() == (1,)
        rows = session.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = {table for (table,) in rows.fetchall()}
        readable = {table for table in tables if may_read(session, table)}
        assert {"transparency_edition", "policy_suspension", "policy_lifting"} <= readable
        of_cases = ("requests_", "leads_", "recognition_", "people_", "ledger_", "django_")
        assert len([table for table in tables if table.startswith(of_cases)]) > 20
        assert not [table for table in readable if table.startswith(of_cases)]
        assert "transparency_earliersearch" not in readable
        for change in (
            "INSERT INTO {} (number) VALUES (9)",
            "UPDATE {} SET number = 9",
            "DELETE FROM {}",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(change.format("transparency_edition"))
        for act in ("policy_suspension", "policy_lifting"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                session.execute(f"DELETE FROM {act}")


def may_read(session, table):
    try:
        session.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
    except psycopg.errors.InsufficientPrivilege:
        return False
    return True


def test_no_public_page_asks_another_role(site, client, django_assert_num_queries):
    for address in (*PAGES, "/reports/1/", "/open-data/searches-by-month.csv", "/feed.atom"):
        with django_assert_num_queries(0):
            assert client.get(address).status_code == 200
