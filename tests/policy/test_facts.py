"""Facts that cannot be used are answered with the field's path and what to do."""

import pytest

from oversight.policy.engine.documents import parse_document
from oversight.policy.gate import FactsError, decide_request
from tests.policy.documents import EXIGENCY, SUPERVISOR, WARRANT, facts, receipt


def path_of(document):
    with pytest.raises(FactsError) as caught:
        decide_request(document)
    assert caught.value.remedy
    return caught.value.path


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"at": "2026-03-02T14:05:00"}, "at"),
        ({"at": "2026-02-30T14:05:00Z"}, "at"),
        ({"at": 1772489100}, "at"),
        ({"at": "0001-01-01T00:00:00Z"}, "at"),
        ({"at": "9999-12-31T23:59:59Z"}, "at"),
        ({"agency": "lapdd"}, "agency"),
        ({"agency": None}, "agency"),
        ({"action": "search"}, "action"),
        ({"on_behalf_of": "nypd"}, "on_behalf_of"),
        ({"performed_by": "someone"}, "performed_by"),
        ({"requester__role": "chief"}, "requester.role"),
        ({"requester__id": " "}, "requester.id"),
        ({"requester__suspended": "no"}, "requester.suspended"),
        ({"requester__overdue_reports": -1}, "requester.overdue_reports"),
        ({"requester__training__expires_on": "2026-13-01"}, "requester.training.expires_on"),
        ({"requester__training__level": "expert"}, "requester.training.level"),
        ({"approvals": [{**SUPERVISOR, "role": "boss"}]}, "approvals[0].role"),
        ({"approvals": [SUPERVISOR, {**SUPERVISOR, "at": "today"}]}, "approvals[1].at"),
        ({"approvals": None}, "approvals"),
        ({"case": {"number": "1"}}, "case.opened_on"),
        ({"purpose": "criminal_investigations"}, "purpose"),
        ({"purpose": None}, "purpose"),
        ({"offence__nibrs": "99Z"}, "offence.nibrs"),
        ({"offence__listed": ["ca-1"]}, "offence.listed[0]"),
        ({"predicate__level": "hunch"}, "predicate.level"),
        ({"predicate": "hunch"}, "predicate"),
        ({"alternatives_tried": "none"}, "alternatives_tried"),
        ({"authority": {**WARRANT, "type": "subpoena"}}, "authority.type"),
        ({"authority": {**WARRANT, "judge": "x"}}, "authority.judge"),
        ({"exigency": {**EXIGENCY, "started_at": "noon"}}, "exigency.started_at"),
        ({"probe": None}, "probe"),
        ({"probe__kind": "photo"}, "probe.kind"),
        ({"probe__source": "BODY_WORN"}, "probe.source"),
        ({"probe__faces": 1.5}, "probe.faces"),
        ({"probe__faces": True}, "probe.faces"),
        ({"probe__quality": 1.01}, "probe.quality"),
        ({"probe__interocular_px": float("inf")}, "probe.interocular_px"),
        ({"probe__edits": [{"op": "crop", "by": "a"}]}, "probe.edits[0].at"),
        ({"capture_context": ["parade"]}, "capture_context[0]"),
        ({"protected_basis": None}, "protected_basis"),
        ({"system__class": "cloud"}, "system.class"),
        ({"gallery__approved": 1}, "gallery.approved"),
        ({"candidates_requested": 0}, "candidates_requested"),
        ({"candidates_requested": 10**12}, "candidates_requested"),
        ({"algorithm__min_group_tpr": 98}, "algorithm.min_group_tpr"),
        ({"received": {"source": "x"}}, "received.solicited"),
        ({"exception": "because"}, "exception"),
        ({"policy_published": "yes"}, "policy_published"),
        ({"action": "receive"}, "received"),
        ({"action": "acquire"}, "technology"),
    ],
)
def test_a_wrong_fact_is_named(changes, path):
    assert path_of(facts(**changes)) == path


@pytest.mark.parametrize(
    "key",
    [
        *("at", "agency", "performed_by", "requester", "approvals", "purpose", "predicate"),
        *("alternatives_tried", "probe", "capture_context", "protected_basis"),
        *("suspicion_specific", "system", "gallery", "candidates_requested", "algorithm"),
        "policy_published",
    ],
)
def test_a_missing_fact_is_named(key):
    document = facts()
    del document[key]
    assert path_of(document) == key


def test_a_missing_part_of_a_fact_is_named():
    document = facts()
    del document["probe"]["source"]
    assert path_of(document) == "probe.source"


def test_what_may_be_null_may_be_left_out():
    document = facts()
    for key in ("on_behalf_of", "case", "offence", "authority", "exigency", "received",
                "technology", "exception", "action"):  # fmt: skip
        del document[key]
    decision = decide_request(document)
    assert decision.permits


def test_an_unknown_key_is_named_with_the_nearest_known():
    with pytest.raises(FactsError, match=r"purpos: is not a known key. Did you mean `purpose`"):
        decide_request({**facts(), "purpos": "x"})
    with pytest.raises(FactsError, match=r"probe\.sauce"):
        decide_request(facts(probe={**facts()["probe"], "sauce": "x"}))


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "null is not"), (3, "a number is not"), (True, "true or false is not"),
     ([], "a list is not"), ({}, "an object is not"), ("x", "“x” is not")],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_named_as_its_sender_knows_it(value, shown):
    with pytest.raises(FactsError, match=f"^purpose: {shown} a known purpose"):
        decide_request(facts(purpose=value))


def test_a_warrants_days_are_those_of_the_agency_and_count_whole():
    def warranted(at):
        authority = {**WARRANT, "valid_from": "2026-03-02", "valid_to": "2026-03-02"}
        live = facts(agency="seattle-pd", at=at, probe__mode="live", authority=authority)
        return decide_request(live).permits

    begins, ends = "2026-03-02T08:00:00Z", "2026-03-03T07:59:59Z"
    assert [warranted(at) for at in (begins, ends)] == [True, True]
    assert [warranted(at) for at in ("2026-03-02T07:59:59Z", "2026-03-03T08:00:00Z")] == [
        False,
        False,
    ]
    assert path_of(facts(authority={**WARRANT, "valid_to": "2026-02-30"})) == "authority.valid_to"


@pytest.mark.parametrize("document", [None, [], "facts", 1])
def test_facts_are_one_object(document):
    assert path_of(document) == ""


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1, column 2"),
        ('{"a": 1, "a": 2}', "a: is given twice"),
        ('{"a": NaN}', "NaN is not a number in JSON"),
        ('{"a": -Infinity}', "-Infinity is not a number"),
        ("[" * 100_000, "nested too deeply"),
        (" " * 1_000_001, "larger than a million"),
        ("", "is not JSON"),
    ],
)
def test_json_is_read_strictly(text, message):
    with pytest.raises(FactsError, match=message):
        parse_document(text)


def test_lower_case_rfc_3339_is_the_same_moment():
    one = decide_request(facts(at="2026-03-02t22:05:00z"))
    other = decide_request(facts(at="2026-03-02T22:05:00Z"))
    assert one == other


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('{"probe": {"kind": "sketch", "kind": "photograph"}}', "probe.kind"),
        ('{"approvals": [{}, {"id": "a", "at": 1, "id": "b"}]}', "approvals[1].id"),
        ('{"probe": {"quality": NaN}}', "probe.quality"),
        ('{"edits": [1, Infinity]}', "edits[1]"),
        ("NaN", ""),
    ],
)
def test_what_is_wrong_in_the_json_is_named_by_its_path(text, path):
    with pytest.raises(FactsError) as caught:
        parse_document(text)
    assert caught.value.path == path


def test_many_repeated_keys_are_found_at_once():
    text = "{" + ",".join(f'"{number}": 1' for number in range(60_000)) + ', "7": 1}'
    with pytest.raises(FactsError, match="7: is given twice"):
        parse_document(text)


def test_a_byte_order_mark_is_passed_over_and_other_encodings_are_refused():
    assert parse_document("\ufeff[1]") == parse_document(b"\xef\xbb\xbf[1]") == [1]
    for text in ("[1]".encode("utf-16"), b'{"at": "\xe9"}'):
        with pytest.raises(FactsError, match="is not UTF-8 text"):
            parse_document(text)


def test_a_message_cannot_steer_a_terminal_or_forge_a_line():
    for key in ("a\nline 2: agency", "\x1b[31m", "\ud800", "x" * 100_000):
        with pytest.raises(FactsError) as caught:
            decide_request({**facts(), key: 1})
        assert str(caught.value).isprintable()
        assert len(caught.value.path) <= 60
    with pytest.raises(FactsError) as caught:
        decide_request(facts(agency="\x1b[31mlapd\ud800"))
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "key",
    [
        *("received", "performed_by", "requester", "purpose", "predicate"),
        *("capture_context", "protected_basis", "suspicion_specific"),
    ],
)
def test_who_uses_a_result_cannot_leave_out_what_they_know(key):
    document = receipt()
    assert decide_request(document, ["lapd-2021"]).permits
    del document[key]
    assert path_of(document) == key
