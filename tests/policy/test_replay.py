"""History decided again: the same answers as one by one, whatever is remembered."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.policy import gate, standing
from oversight.policy.engine import replayer
from oversight.policy.engine.adoption import validate_pack
from oversight.policy.engine.history import ReadLines, read_history, within
from oversight.policy.engine.policyset import Trial
from oversight.policy.engine.replay import replay, total
from oversight.policy.engine.replayer import Judge, Law, Submission, Verdict
from oversight.policy.standing import ended
from tests.policy.documents import EXIGENCY, SUPERVISOR, WARRANT, facts
from tests.policy.strategies import DOCUMENTS
from tests.policy.test_adoption import GOOD

LAW = Law((gate.load_policy().library,))
JUDGE = Judge(LAW)


def rules_of(document):
    return tuple(reason.rule for reason in gate.decide_request(document).reasons)


@settings(max_examples=150, deadline=None)
@given(
    DOCUMENTS,
    st.datetimes(datetime(2018, 1, 1), datetime(2029, 1, 1)),  # noqa: DTZ001 - the offset is added below
    st.sampled_from(["officer-1", "officer-9", "supervisor-1"]),
    st.sampled_from(["", " ", "Seen on camera."]),
)
def test_what_is_remembered_is_what_would_be_decided(document, at, who, predicate):
    document = {
        **document,
        "at": at.isoformat() + "-08:00",
        "requester": {**document["requester"], "id": who},
        "predicate": {**document["predicate"], "facts": predicate},
        "case": {"number": at.isoformat(), "opened_on": "2018-01-01"},
    }
    outcome = JUDGE.decide(Submission("1", document))
    assert outcome.after.rules == rules_of(document)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"approvals": [SUPERVISOR]}, {"approvals": [{**SUPERVISOR, "id": "officer-1"}]}),
        ({"approvals": [SUPERVISOR]},
         {"approvals": [{**SUPERVISOR, "at": "2026-03-02T14:05:01-08:00"}]}),
        ({"predicate__facts": "Seen."}, {"predicate__facts": "  "}),
        ({"at": "2026-09-14T23:59:59-06:00"}, {"at": "2026-09-15T00:00:00-06:00"}),
        ({"exigency": EXIGENCY}, {"exigency": {**EXIGENCY, "authoriser": ""}}),
        ({"authority": WARRANT}, {"authority": {**WARRANT, "valid_to": "2026-03-02T00:00:00Z"}}),
    ],
)  # fmt: skip
def test_what_the_law_tells_apart_is_not_taken_for_the_same(first, second):
    judge = Judge(LAW)
    extra = {"action": "run", "agency": "billings-pd"}
    one, other = facts(**extra, **first), facts(**extra, **second)
    for document in (one, other):
        outcome = judge.decide(Submission("1", document))
        assert outcome.after.rules == rules_of(document)


@pytest.mark.parametrize(
    "changes",
    [
        {"at": "20260302T140500Z"},
        {"case": {"number": "", "opened_on": "2026-02-20"}},
        {"case": {"number": "1", "opened_on": "2026-02-31"}},
        {"requester__id": " "},
        {"requester__training__expires_on": "20260915"},
        {"alternatives_tried": [7]},
        {"approvals": [{**SUPERVISOR, "at": "soon"}]},
        {"approvals": [{**SUPERVISOR, "at": "0999-01-01T00:00:00Z"}]},
        {"at": "9999-01-01T00:00:00Z"},
        {"agency": "nowhere"},
    ],
)
def test_unusable_facts_are_reported_even_after_usable_ones_like_them(changes):
    judge = Judge(LAW)
    assert judge.decide(Submission("1", facts())).error is None
    assert judge.decide(Submission("2", facts(approvals=[SUPERVISOR]))).error is None
    outcome = judge.decide(Submission("3", facts(**changes)))
    assert outcome.error is not None


def test_what_was_decided_then_is_compared_with_what_is_decided_now():
    then = Verdict("permit")
    history = [
        Submission("1", facts(), decided=then),
        Submission("2", facts(probe__source="in_car"), unit="Robbery", decided=then),
        Submission("3", facts(), decided=Verdict("refuse", ("lapd-2021/purpose",))),
        Submission("4", facts(purpose="personal"),
                   decided=Verdict("refuse", ("lapd-2021/purpose",))),
        Submission("5", {"at": "never"}),
    ]  # fmt: skip
    result = total(replay(history, LAW)).as_json()
    assert [(d["id"], d["change"]) for d in result["differences"]] == [
        ("2", "now_refused"),
        ("3", "now_permitted"),
        ("4", "other_reasons"),
    ]
    assert result["totals"]["decided"] == 4
    assert result["totals"]["unusable"] == 1
    assert result["totals"]["before"] == {"permit": 2, "refuse": 2}
    assert result["totals"]["changes_by"]["unit"] == {
        "-": {"now_permitted": 1, "other_reasons": 1},
        "Robbery": {"now_refused": 1},
    }
    assert result["errors"][0]["id"] == "5"


def test_a_proposal_is_compared_with_the_rules_in_force():
    proposal = validate_pack(GOOD.encode(), gate.load_policy().library)
    history = [
        Submission("1", facts(agency="dpd")),
        Submission("2", facts(agency="dpd", probe__source="drone")),
        Submission("3", facts(agency="dpd", probe__source="drone", purpose="personal")),
        Submission("4", facts(agency="lasd", probe__source="drone")),  # not bound by Detroit
    ]
    result = total(replay(history, LAW, trial=Trial(frozenset({proposal.slug}), proposal)))
    assert [(d.id, d.change) for d in result.differences] == [
        ("2", "now_refused"),
        ("3", "other_reasons"),
    ]
    assert result.differences[0].after.rules == ("testville-2026/no-drones",)


def test_a_proposal_takes_the_place_of_the_pack_of_its_name():
    text = (
        (gate.PACKS / "lapd-2021.toml").read_text().replace('Source::"in_car"', 'Source::"drone"')
    )
    text = text.replace('"probe.source" = "in_car"', '"probe.source" = "drone"')
    proposal = validate_pack(text.encode(), gate.load_policy().library)
    history = [Submission("1", facts(probe__source="in_car"))]
    result = total(replay(history, LAW, trial=Trial(frozenset({proposal.slug}), proposal)))
    assert [d.change for d in result.differences] == ["now_permitted"]


def test_processes_give_the_same_outcomes_in_the_same_order():
    history = [
        Submission(str(n), facts(probe__source="in_car" if n % 3 else "phone")) for n in range(5000)
    ]
    then = [replace(one, decided=Verdict("permit")) for one in history]
    alone = total(replay(then, LAW))
    assert (alone.decided, alone.changes["now_refused"]) == (5000, 3333)
    assert total(replay(then, LAW, processes=2)).as_json() == alone.as_json()


def test_no_process_outlives_a_replay_that_was_killed():
    lines = "\n".join([json.dumps(facts())] * 6000).encode()
    command = [sys.executable, "manage.py", "replay", "--facts", "/dev/stdin", "--processes", "2"]
    root = str(Path(__file__).resolve().parents[2])
    with subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, env=os.environ) as replaying:
        # It reads two chunks and waits for more, its processes at work.
        replaying.stdin.write(lines)
        replaying.stdin.flush()
        pool = until(lambda: children_of(replaying.pid), lambda found: len(found) >= 3)
        replaying.kill()
    until(lambda: [one for one in pool if Path(f"/proc/{one}").exists()], lambda left: not left)


def children_of(pid):
    """The processes that one started: its pool, and what keeps count of its resources."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def until(look, good):
    end = time.monotonic() + 60
    while not good(found := look()):
        assert time.monotonic() < end, found
        time.sleep(0.1)
    return found


def test_lines_are_read_where_they_are_decided(tmp_path):
    lines = [json.dumps(facts(probe__source="in_car" if n % 3 else "phone")) for n in range(4500)]
    numbered = list(enumerate(lines, start=1))
    found = total(replay(numbered, LAW, processes=2, read=ReadLines()))
    assert found.after == {"refuse": 3000, "permit": 1500}
    later = ReadLines(since=date(2027, 1, 1))
    assert total(replay(numbered, LAW, read=later)).decided == 0
    with pytest.raises(gate.FactsError, match="line 4501: is not JSON"):
        total(replay([*numbered, (4501, "{")], LAW, processes=2, read=ReadLines()))


def test_history_is_read_from_lines_of_json(tmp_path):
    path = tmp_path / "history.jsonl"
    decided = gate.decide_request(facts(probe__source="in_car")).as_json()
    stored = {"id": "A", "facts": facts(), "unit": "Robbery", "decision": decided}
    path.write_text(json.dumps(facts()) + "\n\n" + json.dumps(stored) + "\n")
    with path.open() as lines:
        one, other = read_history(lines)
    assert (one.id, one.decided) == ("1", None)
    assert (other.id, other.unit) == ("A", "Robbery")
    assert other.decided == Verdict("refuse", ("lapd-2021/officer-camera",))


@pytest.mark.parametrize("decision", ["permit", [], {"effect": "permit", "reasons": [{}]}, 7])
def test_a_stored_decision_that_is_none_is_named(decision):
    line = json.dumps({"facts": facts(), "decision": decision})
    with pytest.raises(gate.FactsError, match="line 1: decision: is not a decision"):
        list(read_history([line]))


def test_a_line_that_is_no_json_is_named():
    with pytest.raises(gate.FactsError, match="line 2"):
        list(read_history([json.dumps(facts()), "{"]))


def test_only_the_days_asked_for_are_decided():
    history = [Submission(str(n), facts(at=f"2026-03-{n:02}T12:00:00Z")) for n in range(1, 10)]
    chosen = within(history, date(2026, 3, 3), date(2026, 3, 5))
    assert [submission.id for submission in chosen] == ["3", "4"]


def test_the_command_prints_totals_and_differences(tmp_path, capsys):
    history, proposal = tmp_path / "h.jsonl", tmp_path / "p.toml"
    drone = facts(agency="dpd", probe__source="drone")
    history.write_text("\n".join(json.dumps(one) for one in (facts(agency="dpd"), drone)))
    proposal.write_text(GOOD)
    call_command("replay", facts=str(history), proposal=str(proposal), processes=1, json=True)
    result = json.loads(capsys.readouterr().out)
    assert result["totals"]["changes"] == {"now_refused": 1}
    assert result["differences"][0]["after"]["rules"] == ["testville-2026/no-drones"]
    reason = result["rules"]["testville-2026/no-drones"]
    assert (reason["safeguard"], reason["citation"]) == ("R14", "Testville Code § 9-1")
    assert result["differences"][0]["after"]["reasons"] == [reason]
    assert result["differences"][0]["before"]["reasons"] == []
    call_command("replay", facts=str(history), proposal=str(proposal), processes=1)
    told = capsys.readouterr()
    assert "changes: 1 now refused" in told.out
    assert "by offence:\n  120: 1 now refused" in told.out


class Unreachable:
    def state(self, *_at):
        raise OperationalError("connection refused")


@pytest.mark.django_db
def test_a_file_is_decided_without_a_database_and_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(standing, "_source", [Unreachable()])
    history = tmp_path / "h.jsonl"
    history.write_text(json.dumps(facts()))
    call_command("replay", facts=str(history), processes=1)
    told = capsys.readouterr()
    assert "1 decided again" in told.out
    assert "packs in files are all the law" in told.err
    with pytest.raises(CommandError, match="The database does not answer"):
        call_command("replay", since=date(2026, 3, 1), until=date(2026, 4, 1))


def test_what_would_end_is_tried_out_as_well(tmp_path, capsys):
    history = tmp_path / "h.jsonl"
    history.write_text(json.dumps(facts(probe__source="in_car")))
    options = {"facts": str(history), "processes": 1, "json": True}
    call_command("replay", **options, end=["lapd-2021"])
    result = json.loads(capsys.readouterr().out)
    (difference,) = result["differences"]
    assert difference["change"] == "now_permitted"
    assert difference["before"]["rules"] == ["lapd-2021/officer-camera"]
    proposal = tmp_path / "p.toml"
    proposal.write_text(GOOD.replace('binds = ["detroit"]', 'binds = ["los-angeles"]'))
    call_command("replay", **options, end=["lapd-2021"], proposal=str(proposal))
    result = json.loads(capsys.readouterr().out)
    assert result["totals"]["after"] == {"permit": 1}


def test_only_the_last_version_of_a_rule_is_tried_out():
    proposal = validate_pack(GOOD.encode(), gate.load_policy().library)
    (rule,) = proposal.rules
    early = replace(rule, cedar="forbid (principal, action, resource);")
    late = replace(rule, in_force_from=date(2090, 1, 1))
    trial = Trial(begins=replace(proposal, rules=(early, late)))
    history = [Submission("1", facts(agency="dpd"))]
    assert total(replay(history, LAW, trial=trial)).differences == []


def test_each_is_decided_under_what_was_known_at_its_time():
    library = gate.load_policy().library
    policy = ended(library.instruments["lapd-2021"], date(2020, 1, 1))
    later = replace(library, instruments={**library.instruments, "lapd-2021": policy})
    law = Law((library, later), (datetime(2026, 3, 2, 12, tzinfo=UTC),))
    history = [
        Submission(at, facts(probe__source="in_car", at=at))
        for at in ("2026-03-02T03:59:59-08:00", "2026-03-02T04:00:00-08:00")
    ]
    known = [outcome.after.effect for outcome in Judge(law).decide_all(history)]
    assert known == ["refuse", "permit"]


def test_what_is_remembered_is_bounded(monkeypatch):
    monkeypatch.setattr(replayer, "REMEMBERED", 3)
    judge = Judge(LAW)
    history = [Submission(str(n), facts(candidates_requested=n % 7 + 1)) for n in range(40)]
    assert all(outcome.after.effect == "permit" for outcome in judge.decide_all(history))
    assert len(judge._benches[0]._known) <= 3


def stored(since, until):
    """A source of history, as the room that stores submissions provides it."""
    assert (since, until) == (date(2026, 3, 1), date(2026, 4, 1))
    yield Submission("A", facts(probe__source="in_car"), decided=Verdict("permit"))


@pytest.mark.django_db
def test_history_comes_from_the_source_that_the_settings_name(settings, capsys):
    settings.POLICY_HISTORY = "tests.policy.test_replay.stored"
    days = {"since": date(2026, 3, 1), "until": date(2026, 4, 1)}
    call_command("replay", **days, processes=1, json=True)
    assert json.loads(capsys.readouterr().out)["totals"]["changes"] == {"now_refused": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "Give --from and --to"),
        ({"since": date(2026, 3, 1), "until": date(2026, 4, 1)}, "POLICY_HISTORY"),
        ({"facts": "/nowhere.jsonl"}, "nowhere"),
        ({"facts": "/dev/null", "proposal": "/nowhere.toml"}, "nowhere"),
        ({"facts": "/dev/null", "end": ["lapd"]}, "lapd: is not an instrument that can end"),
        ({"facts": "/dev/null", "end": ["house"]}, "house: is not an instrument that can end"),
        ({"facts": "/dev/null", "end": ["lapd-2021"], "as_known": True}, "not both"),
    ],
)
def test_a_replay_that_cannot_be_made_says_why(settings, options, message):
    settings.POLICY_HISTORY = None
    with pytest.raises(CommandError, match=message) as caught:
        call_command("replay", **options, processes=1)
    assert caught.value.returncode == 2


def test_facts_that_repeat_are_decided_fast():
    """The contract's figure is measured in the benchmarks; this catches a lost memory."""
    history = [
        Submission(str(n), facts(case={"number": str(n), "opened_on": "2026-01-01"}))
        for n in range(4000)
    ]
    judge = Judge(LAW)
    judge.decide(history[0])
    start = time.process_time()
    judge.decide_all(history)
    assert len(history) / (time.process_time() - start) > 4000
