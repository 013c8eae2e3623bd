"""Complaints by anyone, answered by the board, told to nobody else; requests for records."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from oversight.council.events.complaints import COMPLAINT_OPENED
from oversight.council.models import (
    Comparison,
    Complaint,
    ComplaintContact,
    Finding,
    RecordsAnswer,
    RecordsRequest,
)
from oversight.council.presenting.complaints import rows_of
from oversight.council.selectors.complaints import desk, status_of, totals_of
from oversight.council.services.complaints import (
    Told,
    acknowledge_complaint,
    answer_complaint,
    compare_complaint,
    submit_complaint,
)
from oversight.council.services.limiting import PER_SOURCE
from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.ledger.selectors import values_told
from oversight.people.models import Unit
from oversight.requests.services import start_request
from tests.conftest import acting_as
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

TEXT = "On Monday two officers came to my door because a computer had said that I was someone else."


def shown(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    body = answer.content.decode()
    assert faults(Page(body)) == []
    return body


def complain(**changes):
    code = submit_complaint(told=Told(**{"subject": "wrong_person", "text": TEXT, **changes}))
    return code, Complaint.objects.latest("pk")


def answered(town, complaint, request=None, outcome="sustained"):
    acknowledge_complaint(complaint=complaint, person=town.member)
    compare_complaint(
        complaint=complaint, request=request, note="By case number.", person=town.auditor
    )
    return answer_complaint(
        complaint=complaint,
        outcome=Finding.Outcome(outcome),
        action="Training.",
        answer="We looked into it with care.",
        person=town.member,
    )


def test_anyone_complains_without_a_name_and_follows_it_with_the_code(client, town):
    shown(client, "/complaints/")
    shown(client, "/complaints/write/")
    sent = client.post("/complaints/write/", {"subject": "wrong_person", "text": TEXT})
    assert sent.status_code == 302
    receipt = shown(client, "/complaints/receipt/")
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}", receipt)[0]
    assert code not in shown(client, "/complaints/receipt/"), "it is shown once"
    stands = client.post("/complaints/status/", {"code": code.lower()})
    assert "Received" in stands.content.decode()
    complaint = Complaint.objects.get()
    assert not ComplaintContact.objects.exists()
    assert code not in str(Complaint.objects.values().get())
    answered(town, complaint)
    body = client.post("/complaints/status/", {"code": code}).content.decode()
    assert "We looked into it with care." in body
    assert "Sustained: a rule was broken" in body
    assert "Training." not in body
    assert faults(Page(body)) == []


@pytest.mark.usefixtures("window")
def test_a_wrong_code_opens_nothing_and_guessing_is_slow(client, town):
    complain()
    for _each in range(PER_SOURCE.most):
        answer = client.post("/complaints/status/", {"code": "AAAA-BBBB-CCCC-0000"})
        assert answer.status_code == 422
        assert "No complaint has this code." in answer.content.decode()
    assert client.post("/complaints/status/", {"code": "x"}).status_code == 429


def test_whether_a_search_exists_changes_nothing_that_others_see(client, town, signed_in):
    with acting_as("owner"):
        unit = Unit.objects.create(agency=town.agency, name="Robbery")
        town.officer.unit = unit
        town.officer.save()
    request = start_request(requester=town.officer)
    told = []
    for found in (None, request):
        code, complaint = complain()
        before = Entry.objects.count()
        answered(town, complaint, found)
        entries = Entry.objects.order_by("index")[before:]
        status = status_of(code)
        told.append(
            (
                [entry.kind for entry in entries],
                [sorted(entry.document) for entry in entries],
                (status.stage, status.outcome, status.answer),
                status.answer_by - status.received_at,
            )
        )
        body = client.post("/complaints/status/", {"code": code}).content.decode()
        assert str(request.key) not in body
    assert told[0] == told[1]
    number = Complaint.objects.latest("pk").pk
    assert str(request.key) in shown(signed_in(town.member), f"/complaints/desk/{number}/")
    assert str(request.key) in shown(signed_in(town.auditor), f"/complaints/desk/{number}/")
    for other in (town.administrator, town.officer):
        assert signed_in(other).get(f"/complaints/desk/{number}/").status_code == 404
        assert not desk(other).exists()
    assert client.get(f"/complaints/desk/{number}/").status_code == 302


def test_the_board_works_through_the_desk(town, signed_in):
    _code, complaint = complain(name="Ana Ruiz", reach="ana@example.org", case_number="26-0114")
    board = signed_in(town.member)
    assert "Complaint" in shown(board, "/complaints/desk/")
    address = f"/complaints/desk/{complaint.pk}/"
    assert "ana@example.org" in shown(board, address)
    early = board.post(f"{address}answer/", {"outcome": "unfounded", "answer": "No."})
    assert "Compare it with the record of searches first." in early.content.decode()
    assert "No.</textarea>" in early.content.decode(), "what was typed stays"
    assert board.post(f"{address}acknowledge/").status_code == 302
    for page in ("compare", "answer", "acknowledge"):
        shown(board, f"{address}{page}/")
    wrong = board.post(f"{address}compare/", {"found": "key", "key": "x", "note": "n"})
    assert "No search request has this id." in wrong.content.decode()
    sent = board.post(f"{address}compare/", {"found": "none", "note": "By case number."})
    assert sent.status_code == 302
    sent = board.post(f"{address}answer/", {"outcome": "unfounded", "answer": "It was not us."})
    assert sent.status_code == 302
    shown(board, f"{address}forget/")
    board.post(f"{address}forget/")
    assert not ComplaintContact.objects.exists()
    assert "ana@example.org" not in shown(board, address)
    auditor = signed_in(town.auditor)
    assert auditor.get(f"{address}answer/").status_code == 404


def test_who_opens_a_complaint_is_recorded_and_others_leave_no_trace(town, signed_in):
    _code, complaint = complain(name="Ana Ruiz")
    address = f"/complaints/desk/{complaint.pk}/"
    for person, page in ((town.member, ""), (town.auditor, "compare/"), (town.officer, "")):
        signed_in(person).get(address + page)
    wrong = signed_in(town.colleague).post(f"{address}answer/", {})
    assert "Ana Ruiz" in wrong.content.decode()
    readers = [reader for _index, reader in values_told(COMPLAINT_OPENED, "reader")]
    assert readers == [town.member.pk, town.auditor.pk, town.colleague.pk]


def test_the_database_demands_the_board(town):
    _code, complaint = complain()
    with pytest.raises(ProgrammingError, match="needs the role board"), transaction.atomic():
        Finding.objects.create(
            complaint=complaint,
            outcome="unfounded",
            answer="No.",
            made_by=town.administrator,
            made_at=timezone.now(),
        )
    with acting_as("owner"), pytest.raises(IntegrityError, match="keeps what happened"):
        Comparison.objects.all().delete()


def test_what_is_late_is_shown_as_overdue(client, town, monkeypatch, settings):
    settings.COMPLAINT_ACKNOWLEDGED_WITHIN = timedelta(seconds=-1)
    complain()
    assert totals_of().overdue == 1
    settings.COMPLAINT_ACKNOWLEDGED_WITHIN = timedelta(days=7)
    settings.COMPLAINT_ANSWERED_WITHIN = timedelta(seconds=-1)
    _code, complaint = complain()
    assert totals_of().overdue == 2
    answered(town, complaint)
    assert totals_of().overdue == 1


def test_small_counts_are_withheld_and_cannot_be_worked_out(client, town):
    for _each in range(3):
        complain()
    assert "fewer than 5" in shown(client, "/complaints/")
    assert rows_of(totals_of()) == []
    for number in range(10):
        _code, complaint = complain()
        if number < 2:
            answered(town, complaint)
    shares = dict(rows_of(totals_of()))
    assert sum(count == "withheld" for count in shares.values()) >= 2
    assert "withheld" in shown(client, "/complaints/")


def test_a_failed_form_keeps_what_was_typed(client):
    sent = client.post("/complaints/write/", {"text": TEXT, "reach": "ana@example.org"})
    assert sent.status_code == 422
    assert TEXT in sent.content.decode()
    assert "Choose an answer for “What is it about?”." in sent.content.decode()


def test_requests_for_records_are_entered_and_counted(client, town, signed_in):
    assert "Not yet recorded" in shown(client, "/records-requests/")
    clerk = signed_in(town.administrator)
    shown(clerk, "/records-requests/enter/")
    days = {"received_on_month": "1", "received_on_day": "5", "received_on_year": "2026"}
    for number in ("R-1", "R-2", "R-3"):
        sent = clerk.post("/records-requests/enter/", {"number": number, **days})
        assert sent.status_code == 302
    again = clerk.post("/records-requests/enter/", {"number": "R-1", **days})
    assert "This number was entered before." in again.content.decode()
    assert set(again.context["form"].errors) == {"number"}
    first, second, _third = RecordsRequest.objects.order_by("pk")
    ended = {"answered_on_month": "1", "answered_on_day": "15", "answered_on_year": "2026"}
    address = f"/records-requests/{first.pk}/"
    shown(clerk, address)
    bare = clerk.post(address, {"outcome": "denied", **ended})
    assert "Say which exemption was cited" in bare.content.decode()
    assert set(bare.context["form"].errors) == {"exemption"}
    clerk.post(address, {"outcome": "denied", "exemption": "Gov. Code 7923.600", **ended})
    clerk.post(f"/records-requests/{second.pk}/", {"outcome": "granted", **ended})
    assert RecordsAnswer.objects.count() == 2
    page = shown(client, "/records-requests/")
    assert "2026" in page
    csv = client.get("/records-requests/?format=csv").getvalue().decode().splitlines()
    assert csv[1] == "2026,3,1,0,1,0,0,1,10"
    assert signed_in(town.member).get("/records-requests/enter/").status_code == 404


def test_everything_has_its_entry(town):
    _code, complaint = complain(name="Ana Ruiz")
    answered(town, complaint)
    for table in fact_tables():
        if table.model.startswith("council."):
            assert findings_in(table) == []
    told = " ".join(str(entry.document) for entry in Entry.objects.all())
    assert "Ana Ruiz" not in told
