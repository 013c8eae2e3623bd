"""The file of one search: complete, checked on another machine, and given on the record."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from oversight.leads import services
from oversight.leads.bundle import file_of, search_called
from oversight.leads.services import bundling
from oversight.ledger import services as record
from oversight.ledger.checkpointer import Checkpointer
from oversight.ledger.configuration import Configuration
from oversight.ledger.facts import fact_tables, findings_in
from oversight.ledger.models import Entry
from oversight.ledger.selectors import DatabaseEntries, open_fields
from oversight.ledger.verifier import main
from oversight.people.models import Role
from oversight.requests.models import SearchRequest
from tests import world
from tests.conftest import acting_as
from tests.interface.markup import Page, faults
from tests.leads import scene as scenes
from tests.leads.test_result_pages import reach

ADDRESS = "/search-file/"


@pytest.fixture
def publish(settings, tmp_path):
    """Publishes what is committed, and gives the keys to check it with."""
    settings.LEDGER_PUBLISHED = str(tmp_path / "published")
    settings.LEDGER_STATE = str(tmp_path / "state")
    settings.LEDGER_WITNESSES, settings.LEDGER_QUORUM = [], 0

    def run():
        with Checkpointer(Configuration.from_settings(), DatabaseEntries()) as checkpointer:
            checkpointer.publish()
        return tmp_path / "published" / "policy.txt"

    return run


@pytest.fixture
def request_of_lead(scene, comparison):
    """A request whose search led to a lead that the officer has seen under the notice."""
    result = reach(scene, comparison, lead=True)
    services.view_result(result=result, officer=scene.city.officer)
    services.acknowledge_notice(result=result, officer=scene.city.officer)
    return comparison.submission.request


@pytest.fixture
def auditor(scene):
    with acting_as("owner"):
        person = world.make_person("auditor", Role.AUDITOR, scene.city.agency, None)
    browser = Client()
    browser.force_login(person)
    return browser


def ask(browser, reference, content="search"):
    return browser.post(
        ADDRESS, {"reference": reference, "content": content, "purpose": "Complaint 17"}
    )


def events_in(bundle):
    return {json.loads(item["entry"])["event"] for item in bundle["entries"]}


def test_the_file_holds_the_whole_chain_and_verifies_offline(
    request_of_lead, auditor, publish, tmp_path, capsys
):
    policy = publish()
    page = Page(auditor.get(ADDRESS).content.decode())
    assert faults(page) == []
    answer = ask(auditor, str(request_of_lead.key))
    assert answer.status_code == 200, Page(answer.content.decode()).one("main").text
    file = tmp_path / "file.json"
    file.write_bytes(answer.content)
    bundle = json.loads(answer.content)
    assert {
        "request-submitted", "decision-made", "request-approved", "search-authorized",
        "search-opened", "search-run", "examination-started", "candidate-viewed",
        "candidate-judged", "examination-released", "examination-concluded", "lead-reached",
        "notice-acknowledged", "result-viewed",
    } <= events_in(bundle)  # fmt: skip
    assert bundle["absent"] == {}
    kinds = {name.rpartition("-")[0].partition("-")[0] for name in bundle["documents"]}
    assert {"decision", "rules", "judgement"} <= kinds
    assert "notice.txt" in bundle["documents"]
    assert main(["bundle", str(file), "--policy", str(policy)]) == 0
    assert "all documents are as recorded" in capsys.readouterr().out
    for old, new in (("26-0114", "26-0115"), ("The same notch", "No notch")):
        assert old in file.read_text()
        (tmp_path / "forged.json").write_text(file.read_text().replace(old, new))
        assert main(["bundle", str(tmp_path / "forged.json"), "--policy", str(policy)]) == 1


def test_the_rules_are_those_that_decided_and_no_name_or_booking_is_in_it(request_of_lead, publish):
    publish()
    text = bundling.give_search_file(
        request=request_of_lead,
        content=bundling.Content.SEARCH,
        reader="person:1",
        purpose="Sample",
    )
    documents = json.loads(text)["documents"]
    decided = json.loads(next(documents[name] for name in documents if name.startswith("decision")
                              and not name.endswith("facts.json")))  # fmt: skip
    rules = json.loads(documents[f"rules-{decided['policy_set'].removeprefix('sha256:')}.json"])
    assert {check["rule"] for check in decided["checked"]} <= {
        rule["id"] for rule in rules["rules"]
    }
    for name in (*scenes.REFERENCES, request_of_lead.requester.name, "Supervisor Example"):
        assert name not in text


def test_every_fact_of_a_search_to_its_lead_has_its_entry(request_of_lead):
    assert [finding for table in fact_tables() for finding in findings_in(table)] == []
    assert {"leads.Viewing", "leads.Acknowledgement"} <= {table.model for table in fact_tables()}


def test_giving_it_is_an_entry_with_reader_and_purpose(request_of_lead, auditor, publish):
    publish()
    before = Entry.objects.count()
    assert ask(auditor, str(request_of_lead.pk)).status_code == 200
    assert Entry.objects.count() == before + 1
    told = {
        one.name: json.loads(one.value)
        for one in open_fields(before, ["request", "reader", "purpose", "content"])
    }
    assert told["request"] == str(request_of_lead.key)
    assert told["reader"].startswith("person:")
    assert (told["purpose"], told["content"]) == ("Complaint 17", "search")
    publish()
    assert "search-file-given" in events_in(
        json.loads(ask(auditor, str(request_of_lead.pk)).content)
    )


def test_the_defence_gets_the_proof_that_the_search_ran_and_nothing_else(
    request_of_lead, auditor, publish
):
    publish()
    bundle = json.loads(ask(auditor, str(request_of_lead.key), "receipt").content)
    assert events_in(bundle) == {"search-run"}
    assert len(bundle["entries"]) == 1
    assert bundle["documents"] == {}


def test_before_it_ran_there_is_nothing_for_the_defence(scene, auditor, publish):
    request = scene.ask()
    publish()
    page = Page(ask(auditor, str(request.key), "receipt").content.decode())
    assert "The record tells nothing of it" in page.one("main").text
    assert ask(auditor, str(request.key)).status_code == 200


def test_an_entry_that_is_not_signed_yet_and_an_unknown_request_are_told(
    request_of_lead, auditor, publish
):
    text = Page(ask(auditor, str(request_of_lead.key)).content.decode()).one("main").text
    assert "not signed yet" in text
    key = str(request_of_lead.key)
    other = key[:-1] + ("1" if key.endswith("0") else "0")
    for unknown in ("999999", "a" * 36, "0" * 36, other):
        answer = ask(auditor, unknown)
        assert answer.status_code == 422
        assert "No request has this key" in Page(answer.content.decode()).one("main").text


def test_a_fact_that_was_changed_since_is_refuted_and_not_given(request_of_lead, auditor, publish):
    publish()
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE requests_decision DISABLE TRIGGER facts_are_final")
        cursor.execute(
            "UPDATE requests_decision SET facts = jsonb_set(facts, '{case,number}', '\"26-9999\"')"
        )
    answer = ask(auditor, str(request_of_lead.key))
    assert answer.status_code == 422
    assert "not what was recorded" in Page(answer.content.decode()).one("main").text
    with pytest.raises(CommandError, match="REFUTED") as told:
        call_command(
            "bundle", str(request_of_lead.key), "--out", "unwritten.json", "--purpose", "Test"
        )
    assert told.value.returncode == 1


def test_a_sealed_entry_takes_its_documents_with_it_and_says_so(request_of_lead, publish, tmp_path):
    file = file_of(request_of_lead)
    [first, *_] = [i for i, kind in file.entries.items() if kind.slug == "candidate-judged"]
    record.propose_sealing(entry=first, basis="Order 1", person="a")
    record.confirm_sealing(entry=first, person="b")
    publish()
    out = tmp_path / "file.json"
    call_command("bundle", str(request_of_lead.key), "--out", str(out), "--purpose", "Test")
    bundle = json.loads(out.read_text())
    # Which judgement it was cannot be told any more, so every trace of its words is gone.
    assert len(bundle["absent"]) == 1
    assert next(iter(bundle["absent"])).startswith("judgement-")
    assert set(bundle["absent"]).isdisjoint(bundle["documents"])


def test_others_do_not_find_the_page(scene, publish):
    browser = Client()
    browser.force_login(scene.city.officer)
    assert browser.get(ADDRESS).status_code == 404
    assert ask(browser, "1").status_code == 404


def test_a_request_is_called_by_key_or_number(request_of_lead):
    for reference in (str(request_of_lead.key), str(request_of_lead.pk)):
        assert search_called(reference) == request_of_lead
    with pytest.raises(SearchRequest.DoesNotExist):
        search_called("9" * 40)
