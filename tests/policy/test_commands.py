"""``manage.py decide`` as people and programs call it."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from tests.policy.documents import facts


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    def call(*arguments, stdin=None):
        if stdin is not None:
            text = stdin.encode() if isinstance(stdin, str) else stdin
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        with pytest.raises(SystemExit) as stopped:
            call_command("decide", *arguments)
        captured = capsys.readouterr()
        return stopped.value.code, captured.out, captured.err

    return call


@pytest.fixture
def file_of(tmp_path):
    def write(document, name="facts.json"):
        path = tmp_path / name
        path.write_text(document if isinstance(document, str) else json.dumps(document))
        return str(path)

    return write


def test_a_permit_ends_with_0(run, file_of):
    code, out, _ = run("--json", file_of(facts()))
    assert code == 0
    assert json.loads(out)["effect"] == "permit"


def test_a_refusal_ends_with_3_and_says_why_and_what_would_cure_it(run, file_of):
    code, out, _ = run(file_of(facts(probe__source="body_worn")))
    assert code == 3
    assert out.startswith("REFUSE")
    for part in ("R14", "lapd-2021/officer-camera", "Source: LAPD policy", "Remedy: Use an image"):
        assert part in out


def test_facts_come_from_standard_input(run):
    code, out, _ = run("--json", "-", stdin=json.dumps(facts(agency="sfpd")))
    assert code == 3
    assert {reason["safeguard"] for reason in json.loads(out)["reasons"]} == {"R01"}


def test_packs_are_asked_for_by_name(run, file_of):
    path = file_of(facts(offence=None))
    code, out, _ = run("--pack", "detroit-307.5", "--pack", "maryland-2-503", "--json", path)
    assert code == 3
    assert [reason["rule"] for reason in json.loads(out)["reasons"]] == [
        "detroit-307.5/offence",
        "maryland-2-503/listed-crime",
    ]
    code, _, err = run("--pack", "detroit", path)
    assert code == 2
    assert "“detroit” is not known" in err


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (facts(probe__source="helmet"), "probe.source: “helmet”"),
        ("{", "is not JSON"),
        ("[]", "must be one JSON object"),
        ({"at": "2026-03-02T14:05:00-08:00"}, "agency: is missing"),
    ],
)
def test_unusable_facts_end_with_2_and_name_the_field(run, file_of, document, message):
    code, out, err = run("--json", file_of(document))
    assert code == 2
    assert message in err
    assert out == ""


def test_a_file_that_is_not_there_ends_with_2(run, tmp_path):
    code, _, err = run(str(tmp_path / "nothing.json"))
    assert code == 2
    assert "cannot be read" in err


def test_without_facts_or_with_two_kinds_it_ends_with_2(run, file_of):
    assert run()[0] == 2
    path = file_of(facts())
    assert run("--batch", path, path)[0] == 2


def test_a_batch_is_answered_a_line_each_in_order(run, file_of):
    lines = [facts(), facts(probe__source="in_car"), facts()]
    path = file_of("\n".join(json.dumps(line) for line in lines) + "\n\n", "batch.jsonl")
    code, out, _ = run("--batch", path, "--json")
    assert code == 0
    effects = [json.loads(line)["effect"] for line in out.splitlines()]
    assert effects == ["permit", "refuse", "permit"]


def test_a_line_of_a_batch_that_cannot_be_used_keeps_its_place(run, file_of):
    lines = [facts(), facts(agency="x"), facts(probe__source="in_car")]
    path = file_of("\n".join(json.dumps(line) for line in lines), "batch.jsonl")
    code, out, err = run("--batch", path, "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [answer.get("effect") for answer in answers] == ["permit", None, "refuse"]
    assert answers[1]["error"]["field"] == "agency"
    assert "line 2: agency" in err


def test_a_batch_in_bad_bytes_keeps_order_and_loses_no_other_line(run):
    good = json.dumps(facts()).encode()
    strange = json.dumps({**facts(), "\ud800": 1}).encode()
    lines = b"\xef\xbb\xbf" + b"\n".join([good, b"\xff\xfe", b"[" * 90_000, strange, b"", good])
    code, out, err = run("--batch", "-", "--json", stdin=lines + b"\r\n")
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 2
    assert [one.get("error", {}).get("line") for one in answers] == [None, 2, 3, 4, None]
    assert "line 2: facts: is not UTF-8 text" in err
    assert run("-", "--json", stdin=b"\xef\xbb\xbf" + good)[0] == 0


def test_the_text_names_what_is_needed_and_owed(run, file_of):
    _, out, _ = run(file_of(facts(agency="baltimore-pd")))
    assert "supervisor sign off" in out
    assert "audit, by 2026-10-01T00:00:00-04:00" in out
