"""Open data: what leaves is what is declared, and validators of other hands agree."""

import csv
import io
import json
import re
from datetime import date, datetime, timedelta

import frictionless
import jsonschema
import pytest
from django.test import Client
from django.utils import timezone
from lxml import etree

from oversight.people.models import Role, RoleGrant
from oversight.policy.services import (
    adopt_proposal,
    lift_suspension,
    propose_sunset,
    suspend_use,
)
from oversight.site.setup import data_schema
from oversight.transparency.datasets.dictionary import SOURCE
from oversight.transparency.datasets.of_an_edition import OF_AN_EDITION
from oversight.transparency.datasets.of_the_site import OF_THE_SITE
from oversight.transparency.history import import_history
from oversight.transparency.reports.catalogue import packs
from oversight.transparency.reports.services import file_report
from oversight.transparency.services import publish_edition
from tests.interface.markup import Page, faults
from tests.policy.web.scene import vote
from tests.transparency.rows import RULE, Office, earlier_lines, moment

pytestmark = pytest.mark.usefixtures("published")

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = [
    "/open-data/searches-by-month.csv",
    "/open-data/editions.csv",
    *(f"/open-data/editions/1/{each.file}" for each in OF_AN_EDITION),
]


@pytest.fixture(scope="module")
def published(shared_database):
    """A year of imported searches, a month of this system's with its correction, and a halt."""
    lines = [json.dumps(line).encode() for line in earlier_lines(60)]
    import_history(lines=lines, source="old-system")
    publish_edition(start=date(2025, 1, 1), end=date(2026, 1, 1))
    office = Office()
    march = {"start": date(2026, 3, 1), "end": date(2026, 4, 1)}
    office.refuse(office.send(moment("2026-03-04T14:05")), {**RULE, "message": "=cmd() no."})
    publish_edition(**march)
    office.run(office.send(moment("2026-03-05T14:05")), "lead")
    publish_edition(**march, corrects=2, because="One was left out.")
    file_report(pack="maryland-2-510", start=date(2025, 1, 1), end=date(2026, 1, 1))
    for person, role in (
        (office.officer, Role.BOARD),
        (office.supervisor, Role.ADMINISTRATOR),
    ):
        RoleGrant.objects.create(person=person, role=role, held_from=date(2026, 1, 1))
    ends_on = timezone.localdate() + timedelta(days=40)
    proposal = propose_sunset(slug="lapd-2021", ends_on=ends_on, proposer=office.supervisor)
    propose_sunset(slug="lacris-member", ends_on=ends_on, proposer=office.supervisor)
    adopt_proposal(proposal=proposal, adopter=office.officer, vote=vote())
    suspend_use(person=office.officer, reason="A test.")
    lift_suspension(person=office.officer, reason="It is over.")


@pytest.fixture
def client():
    return Client()


def rows_of(response):
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def validate(client, address, folder):
    """Lay the package and its files out as a reader who downloads them would, and validate."""
    package = client.get(address).json()
    for resource in package["resources"]:
        path = resource["path"].removeprefix("http://testserver")
        (folder / f"{resource['name']}.csv").write_bytes(client.get(path).content)
        resource["path"] = f"{resource['name']}.csv"
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return package, frictionless.validate(str(folder / "datapackage.json"))


@pytest.mark.parametrize(
    "address",
    [
        "/open-data/datapackage.json",
        "/open-data/current/datapackage.json",
        *(f"/open-data/editions/{number}/datapackage.json" for number in (1, 2, 3)),
    ],
)
def test_packages_and_their_files_are_valid(client, address, tmp_path):
    package, report = validate(client, address, tmp_path)
    assert report.valid, report.to_summary()
    assert sum(task.stats["rows"] for task in report.tasks) > 5
    assert package["licenses"][0]["name"] == "CC0-1.0"
    for resource in package["resources"]:
        assert resource["schema"]["primaryKey"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_the_validator_would_notice(client, tmp_path):
    validate(client, "/open-data/editions/1/datapackage.json", tmp_path)
    months = tmp_path / "months.csv"
    months.write_bytes(months.read_bytes().replace(b"2025-03", b"March 2025"))
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    found = {error.type for task in report.tasks for error in task.errors}
    assert {"type-error", "hash-count"} & found


@pytest.mark.parametrize("address", FILES)
def test_a_file_holds_the_declared_columns_and_no_others(client, address):
    name = address.rpartition("/")[2]
    declared = {
        each.file: [column.name for column in each.columns]
        for each in (*OF_THE_SITE, *OF_AN_EDITION)
    }
    header = client.get(address).content.decode().splitlines()[0]
    assert header.split(",") == declared[name]


def test_files_agree_with_the_frozen_document(client):
    document = client.get("/reports/1.json").json()
    months = rows_of(client.get("/open-data/editions/1/months.csv"))
    assert [row["month"] for row in months] == [row["month"] for row in document["months"]]
    groups = rows_of(client.get("/open-data/editions/1/groups.csv"))
    told = {(row["table"], row["group"], row["count"]): row for row in groups}
    for table, frozen in document["tables"].items():
        for row in frozen["rows"]:
            cell = told[table, row["row"], "lead"]
            hidden = row["lead"] is None
            assert (cell["value"], cell["withheld"]) == (
                ("", "true") if hidden else (str(row["lead"]), "false")
            )
    assert any(row["withheld"] == "true" for row in groups)


def test_formulas_are_neutralised(client):
    (row,) = rows_of(client.get("/open-data/editions/2/refusals-by-rule.csv"))
    assert row["message"] == "'=cmd() no."


def test_addresses_of_an_edition_stay_and_the_current_ones_move(client):
    current = client.get("/open-data/current/figures.csv")
    assert current["Content-Location"] == "/open-data/editions/3/figures.csv"
    assert current.content == client.get("/open-data/editions/3/figures.csv").content
    # Pages of any site may read them.
    files = ("/reports/1.json", "/reports/1.csv", "/data.json", "/open-data/datapackage.json")
    for address in ("/open-data/current/figures.csv", "/feed.atom", *files):
        assert client.get(address)["Access-Control-Allow-Origin"] == "*", address
    assert "Access-Control-Allow-Origin" not in client.get("/open-data/")
    corrected = rows_of(client.get("/open-data/editions.csv"))
    assert [(row["number"], row["corrected_by"]) for row in corrected] == [
        ("1", ""),
        ("2", "3"),
        ("3", ""),
    ]
    told = [row["nil_return"] for row in corrected]
    assert told == ["", "false", "false"], "of the time before adoption it says neither"
    for absent in ("/open-data/editions/9/figures.csv", "/open-data/editions/1/cases.csv"):
        assert client.get(absent).status_code == 404


def test_the_dictionary_explains_every_column_on_the_page_and_as_a_file(client):
    rows = rows_of(client.get("/open-data/data-dictionary.csv"))
    told = {(row["file"], row["column"]) for row in rows}
    assert told == {(each.file, column.name) for each in SOURCE for column in each.columns}
    assert all(row["meaning"] for row in rows)
    response = client.get("/open-data/")
    page = Page(response.content.decode())
    assert faults(page) == []
    words = {each.text for each in page.all("code")}
    assert {column for _file, column in told} <= words


def test_the_catalogue_is_valid_dcat_us(client):
    folder = data_schema.DESTINATION
    if not folder.is_dir():
        pytest.skip("the schema of DCAT-US is not here: run the set-up with --for-tests")
    read = {path.name: json.loads(path.read_text("utf-8")) for path in folder.glob("*.json")}
    dataset = jsonschema.Draft4Validator(read["dataset-non-federal.json"])
    catalogue = client.get("/data.json").json()
    whole = {**read["catalog.json"]}
    whole["properties"] = {**whole["properties"], "dataset": {"type": "array"}}
    jsonschema.Draft4Validator(whole).validate(catalogue)
    assert len(catalogue["dataset"]) == 4
    for each in catalogue["dataset"]:
        assert list(dataset.iter_errors(each)) == []
    with pytest.raises(jsonschema.ValidationError):
        dataset.validate({**catalogue["dataset"][0], "accessLevel": "everyone"})


def test_what_the_descriptions_name_is_there(client):
    documents = [client.get(a).json() for a in ("/data.json", "/open-data/datapackage.json")]
    named = set(re.findall(r'"http://testserver(/[^"]+)"', json.dumps(documents)))
    assert len(named) > 20
    for address in named:
        assert client.get(address).status_code == 200, address


def test_the_feed_is_valid_atom(client):
    """The musts of RFC 4287, sections 4.1.1, 4.1.2 and 4.2.6."""
    response = client.get("/feed.atom")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = etree.fromstring(response.content)
    entries = root.findall(f"{ATOM}entry")
    for each in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(each.findtext(f"{ATOM}updated")).tzinfo
        assert each.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert root.find(f"{ATOM}author").findtext(f"{ATOM}name")
    (own,) = (link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href") == "http://testserver/feed.atom"
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    assert len(set(ids)) == len(ids) == 7
    assert all(each.find(f"{ATOM}link").get("rel") == "alternate" for each in entries)
    updated = [each.findtext(f"{ATOM}updated") for each in entries]
    assert root.findtext(f"{ATOM}updated") == max(updated) == updated[0]
    titles = [each.findtext(f"{ATOM}title") for each in entries]
    assert titles[:2] == [
        "Face recognition may be used again",
        "All use of face recognition is suspended",
    ]
    assert "Correction: edition 3" in titles
    (filed,) = [each for each in entries if "Report filed" in each.findtext(f"{ATOM}title")]
    title = packs()["maryland-2-510"].title.by_language["en"]
    assert filed.findtext(f"{ATOM}title") == f"Report filed: {title}"
    assert filed.find(f"{ATOM}link").get("href") == "http://testserver/reports/filed/1/"
    assert filed.findtext(f"{ATOM}summary") == "January 1, 2025 to December 31, 2025"
    assert "Rules that end: lapd-2021" in titles, "adopted; what is only proposed is not told"
    assert not any("lacris-member" in title for title in titles)
    assert "officer" not in response.content.decode().lower(), "nobody who entered it is named"


def test_ids_of_the_feed_do_not_change_with_the_host(client):
    ids = [
        re.findall(
            "<id>(.+?)</id>", client.get("/feed.atom", headers={"host": host}).content.decode()
        )
        for host in ("testserver", "localhost")
    ]
    assert ids[0] == ids[1]


@pytest.mark.parametrize("address", [*FILES, "/data.json", "/feed.atom", "/open-data/"])
def test_open_data_is_read_as_the_public_alone(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(f"{address}?fresh=1").status_code == 200
