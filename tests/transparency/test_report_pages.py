"""Reports as the public reads them and as the board writes them."""

import csv
import hashlib
import io
import json
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from oversight.people.models import RoleGrant
from oversight.transparency.reports import services
from tests.conftest import acting_as
from tests.interface.markup import Page, faults
from tests.interface.pdf import Opened
from tests.interface.pdf import faults as faults_of_pdf
from tests.transparency.rows import Office
from tests.transparency.test_pages import text_of
from tests.transparency.test_reports import YEAR, busy


@pytest.fixture
def site(live_database):
    """A city with a report of 2025 filed. Django's public connection is the real one here."""
    office = Office()
    busy(office)
    services.file_report(pack="maryland-2-510", **YEAR)
    return office


@pytest.fixture
def board(site):
    with acting_as("owner"):
        RoleGrant.objects.create(person=site.supervisor, role="board", held_from=date(2020, 1, 1))
        site.supervisor.set_password(PASSWORD)
        site.supervisor.save()
    client = Client()
    client.force_login(site.supervisor)
    return client


PASSWORD = "only for this test: seven lamps"
PAGES = ("/reports/", "/reports/1/", "/reports/due/", "/reports/filed/1/")


def test_publications_are_read_in_each_form(site):
    client = Client()
    for address in (*PAGES, *(f"/es{page}" for page in PAGES)):
        response = client.get(address)
        assert response.status_code == 200, address
        assert faults(Page(response.content.decode())) == [], address
    for place in ("/reports/1", "/reports/filed/1"):
        _every_file_is_as_its_page_says(client, place)
    _says_the_same_in_each_form(client)
    for address in (
        "/reports/filed/9/",
        "/reports/filed/9.pdf",
        "/reports/9.pdf",
        "/es/reports/9.pdf",
    ):
        assert client.get(address).status_code == 404, address
    due = text_of(client.get("/reports/due/"))
    assert "Yearly report on face recognition" in due
    assert "Not filed, overdue" in due
    assert "Maryland" not in due  # nothing binds a city in California to it


def _every_file_is_as_its_page_says(client, place):
    response = client.get(f"{place}/")
    text = text_of(response)
    page = Page(response.content.decode())
    linked = {link.attrs["href"] for link in page.all("a") if "href" in link.attrs}
    files = {f"{place}.pdf", f"/es{place}.pdf", f"{place}.json", f"{place}.csv"}
    assert files <= linked
    for address in files:
        content = client.get(address).content
        assert f"sha256:{hashlib.sha256(content).hexdigest()}" in text, address
    for prefix in ("", "/es"):
        opened = Opened(client.get(f"{prefix}{place}.pdf").content)
        assert faults_of_pdf(opened) == []
        assert str(opened.root.Lang) == (prefix.strip("/") or "en")
        told = [str(figure.node.Alt) for figure in opened.tags.all("Figure")]
        shown = Page(client.get(f"{prefix}{place}/").content.decode()).all("p", "chart__finding")
        findings = [each.text for each in shown]
        assert [alt[: len(said)] for alt, said in zip(told, findings, strict=True)] == findings


def _says_the_same_in_each_form(client):
    document = json.loads(client.get("/reports/filed/1.json").content)
    rows = list(csv.DictReader(io.StringIO(client.get("/reports/filed/1.csv").content.decode())))
    page = text_of(client.get("/reports/filed/1/"))
    printed = Opened(client.get("/reports/filed/1.pdf").content).text
    assert document["items"][1]["figures"][0]["value"] == 26
    figures = {(row["item"], row["count"]): row["value"] for row in rows if row["part"] == "figure"}
    assert figures["searches", "requests"] == "26"
    missing = {row["item"] for row in rows if row["state"] == "not_supplied"}
    assert missing == {"systems", "breaches"}
    for text in (page, printed):
        assert "Not supplied" in text
        assert "not yet recorded" in text
        assert "filed late" in text


def test_the_board_writes_and_files(board, site):
    place = "/desk/reports/general/2025-01-01/"
    assert "not supplied" in text_of(board.get("/desk/reports/"))
    text_of(board.get(place))
    assert faults(Page(board.get(f"{place}summary/").content.decode())) == []
    board.post(f"{place}summary/", {"text": "Less than before.", "version": "0"})
    stale = board.post(f"{place}summary/", {"text": "Mine.", "version": "0"})
    assert stale.status_code == 422
    assert "Mine." in stale.content.decode()
    assert "Less than before." in stale.content.decode()
    answer = board.post(f"{place}file/")
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Client().get("/reports/filed/2/").status_code == 404
    again = {"password": PASSWORD, "next": f"{place}file/"}
    answer = board.post(reverse("account_reauthenticate"), again)  # and what was sent goes on
    assert answer.headers["Location"] == "/reports/filed/2/"
    assert faults(Page(board.get(f"{place}file/").content.decode())) == []
    assert "Less than before." in text_of(Client().get("/reports/filed/2/"))
    assert "Filed" in text_of(Client().get("/reports/due/"))
    assert "Filed by supervisor." in text_of(board.get(place))
    assert "Filed by" not in text_of(Client().get("/reports/filed/2/"))
    refused = board.post(f"{place}file/", {"because": "Nothing."})
    assert "Nothing has changed" in refused.content.decode()
    board.post(f"{place}summary/", {"text": "More than before.", "version": "1"})
    board.post(f"{place}file/", {"because": "It said less."})
    corrected = text_of(Client().get("/reports/filed/3/"))
    assert "It corrects report 2. What was wrong: It said less." in corrected
    assert "Report 3 corrects this one" in text_of(Client().get("/reports/filed/2/"))
    _a_draft_of_nothing_is_not_found(board)
    _others_may_not_write(site.officer)


def _a_draft_of_nothing_is_not_found(board):
    for path in (
        "x/2025-01-01/",
        "general/2025-01-02/",
        "general/soon/",
        "general/9999-12-31/",
        "general/2025-01-01/x/",
        "general/2025-01-01/persons/",
    ):
        assert board.get(f"/desk/reports/{path}").status_code == 404, path


def _others_may_not_write(officer):
    client = Client()
    assert client.get("/desk/reports/").status_code == 302
    client.force_login(officer)
    for path in ("", "general/2025-01-01/", "general/2025-01-01/file/"):
        assert client.get(f"/desk/reports/{path}").status_code == 404
