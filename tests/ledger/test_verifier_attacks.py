"""Hostile input to the verifier: it says what is wrong, and never takes a crash for an answer."""

import hashlib
import json

import pytest

from oversight.ledger.proofs import prove
from oversight.ledger.signing import SigningKey, checkpoint_text, encode, vkey
from oversight.ledger.verifier import COSIGNER_KEY, Policy, Unusable, main, parse_note

WITNESS = SigningKey.from_seed("w.example", COSIGNER_KEY, bytes([7]) * 32)
OTHER = SigningKey.from_seed("v.example", COSIGNER_KEY, bytes([8]) * 32)


@pytest.fixture
def ask(capsys):
    """``ask("export", DIR)``: the verifier's exit code and sentence; nothing else is printed."""

    def run(*arguments):
        code = main([str(one) for one in arguments])
        shown = capsys.readouterr()
        assert shown.err == ""
        return code, shown.out

    return run


@pytest.fixture
def proven(log, tmp_path):
    """An entry and its proof as files, and the keys: what ``proof`` is asked with."""
    proof = prove(258, log.published, log.policy)
    (tmp_path / "entry").write_bytes(proof.entry)
    (tmp_path / "proof").write_bytes(proof.text.encode())
    return tmp_path / "entry", tmp_path / "proof", "--policy", log.published / "policy.txt"


def bundle_of(log, index=258, **changed):
    proof = prove(index, log.published, log.policy)
    item = {"entry": proof.entry.decode(), "proof": proof.text, "commitments": {}, "opened": {}}
    return {"format": "oversight-bundle/1", "entries": [item], "documents": {}} | changed


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda _: [], "not a bundle"),
        (lambda _: {}, "not a bundle"),
        (lambda one: one | {"format": "another/1"}, "not a bundle"),
        (lambda one: one | {"entries": []}, "no entries"),
        (lambda one: one | {"entries": [5]}, "not a bundle"),
        (lambda one: one | {"entries": [[]]}, "not a bundle"),
        (lambda one: one | {"entries": [one["entries"][0] | {"entry": 5}]}, "not a bundle"),
        (lambda one: one | {"entries": [one["entries"][0] | {"opened": [1]}]}, "CANNOT CHECK"),
        (lambda one: one | {"documents": {"facts": None}}, "not a bundle"),
        (lambda one: one | {"documents": {"facts": "\ud800"}}, "damaged"),
    ],
)
def test_what_is_no_bundle_is_neither_verified_nor_refuted(log, ask, tmp_path, spoil, sentence):
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(spoil(bundle_of(log))))
    code, said = ask("bundle", file, "--policy", log.published / "policy.txt")
    assert (code, sentence in said) == (2, True), said


def test_a_bundle_with_a_name_twice_shows_no_reader_another_text(log, ask, tmp_path):
    file = tmp_path / "bundle.json"
    text = json.dumps(bundle_of(log))
    file.write_text(text.replace('"documents"', '"documents": {"facts": "forged"}, "documents"'))
    code, said = ask("bundle", file, "--policy", log.published / "policy.txt")
    assert (code, "named twice" in said) == (2, True), said


@pytest.mark.parametrize("text", ["[" * 200_000, "{", "\xff", ""])
def test_a_file_that_cannot_be_read_is_no_finding(log, ask, tmp_path, text):
    file = tmp_path / "bundle.json"
    file.write_bytes(text.encode("latin-1"))
    code, said = ask("bundle", file, "--policy", log.published / "policy.txt")
    assert (code, said.startswith("CANNOT CHECK: ")) == (2, True), said


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"\nindex 258\n", b"\r\nindex 258\r\n", 2),
        (b"index 258\n", b"index 0258\n", 2),
        (b"index 258\n", b"index 258 \n", 2),
        (b"index 258\n", b"index 9999999999999999999\n", 1),
        (b"index 258\n", b"index 257\n", 1),
        (b"index 258\n", b"extra AAAA\nindex 258\n", 0),
        (b"index 258\n", b"extra AAAA\nextra AAAA\nindex 258\n", 2),
        (b"@v1\n", b"@v2\n", 2),
        (b"=\n\ntest", b"=\n" + encode(bytes(32)).encode() + b"\n\ntest", 1),
        (b"=\n\ntest", b"=\r\n\ntest", 2),
        (b"=\n\ntest", b"=\x0b\n\ntest", 2),
        (b"=\n\ntest", b"=\xc2\x85\n\ntest", 2),
        (b"=\n\ntest", b"=\xff\n\ntest", 2),
        (b"=\n\ntest", b"=\ntest", 2),
    ],
)
def test_a_proof_is_read_to_the_byte(proven, ask, old, new, code):
    data = proven[1].read_bytes()
    assert data.count(old) == 1
    proven[1].write_bytes(data.replace(old, new))
    assert ask("proof", *proven)[0] == code


@pytest.mark.parametrize(
    "spoil",
    [
        lambda note: note.replace("\n", "\r\n"),
        lambda note: note.removesuffix("\n"),
        lambda note: note + "\n",
        lambda note: note + "\u2014 w.example\n",
        lambda note: note + "\u2014 w.example AAAAAA==\n",
        lambda note: note + "\u2014  w.example AAAAAAAA\n",
        lambda note: note + "\u2014 w.exa\x1bmple AAAAAAAA\n",
        lambda note: note + "- w.example AAAAAAAA\n",
        lambda note: note + "\u2014 w.example AAAA-_AA\n",
        lambda note: note + "\u2014 w.example AAAAAAAA\n" * 1000,
        lambda note: note.partition("\n\n")[0] + "\n\n",
        lambda note: "\x00" + note,
        lambda note: "\n\n" + note.partition("\n\n")[2],
    ],
)
def test_a_note_is_read_to_the_byte(log, spoil):
    note = log.note().decode()
    parse_note(note.encode())
    with pytest.raises(Unusable):
        parse_note(spoil(note).encode())


def test_of_two_signatures_of_one_key_the_first_counts_and_strangers_are_ignored(log, ask):
    path = log.published / "checkpoint"
    note = path.read_bytes()
    signed = note.splitlines(keepends=True)[-1]
    name, key = signed.split()[1], signed.split()[2]
    forged = b"\xe2\x80\x94 " + name + b" " + key[:8] + b"A" * 80 + b"\n"
    stranger = b"\xe2\x80\x94 " + name + b" AAAA" + key[4:] + b"\n"
    path.write_bytes(note + forged + stranger)
    assert ask("export", log.published)[0] == 0
    path.write_bytes(note.replace(signed, forged + signed))
    code, said = ask("export", log.published)
    assert (code, "forged or damaged" in said) == (1, True)


@pytest.mark.parametrize("stated", [2**64 - 1, 2**63, 253_402_300_800])
def test_a_witness_that_states_no_time_is_refused(log, ask, stated):
    note = log.note().decode()
    text, _ = parse_note(note.encode())
    (log.published / "checkpoint").write_text(note + WITNESS.sign(text, at=stated))
    keys = (log.published / "policy.txt").read_text().replace("quorum none\n", "")
    (log.published / "policy.txt").write_text(f"{keys}witness w {vkey(WITNESS.key)}\nquorum w\n")
    code, said = ask("export", log.published)
    assert (code, "a time that no calendar has" in said) == (1, True), said


@pytest.mark.parametrize(
    "line",
    [
        "group g 0 w",
        "group g 3 w v",
        "group g -1 w",
        "group g +1 w",
        "group g 01 w",
        "group g \u0661 w",
        "group g all",
        "group g any w w",
        "group g any none",
        "group g any later",
        "group w any v",
        "group none any w",
        "group g any w\ngroup h any w",
        "group g any w\ngroup g any v",
        "witness w {v}",
        "witness x {w}",
        "witness none {x}",
        "log {log}",
        "log {log} a b",
        "quorum none",
        "quorum\u00a0w",
        "group g any\u2028w",
        "Log {x}",
        "\x00",
    ],
)
def test_a_policy_that_says_less_than_it_seems_is_refused(log, line):
    key = vkey(log.policy.logs[0])
    stranger = vkey(SigningKey.from_seed("x.example", COSIGNER_KEY, bytes([9]) * 32).key)
    named = {"w": vkey(WITNESS.key), "v": vkey(OTHER.key), "x": stranger, "log": key}
    start = f"log {key}\nwitness w {named['w']}\nwitness v {named['v']}\n"
    Policy.parse(f"{start}\t# a comment\n\n  group\tg  2 w v \nquorum g\n")
    with pytest.raises(Unusable):
        Policy.parse(f"{start}{line.format(**named)}\nquorum w\n")


def test_a_log_s_key_is_no_witness_and_the_other_way_round(log):
    line = vkey(WITNESS.key)
    with pytest.raises(Unusable, match="not an Ed25519 key of type 1"):
        Policy.parse(f"log {line}\nquorum none\n")
    with pytest.raises(Unusable, match="not an Ed25519 key of type 4"):
        Policy.parse(f"log {vkey(log.policy.logs[0])}\nwitness w {vkey(log.policy.logs[0])}\n")


@pytest.mark.parametrize("size", ["9999999999999999999", "1000000"])
def test_a_size_that_nobody_could_hold_is_refused_at_once(log, ask, size):
    """Signed with the log's real key: the entries are missing, and that is said."""
    key = SigningKey.load(log.root / "state" / "key")
    text = checkpoint_text(log.origin, int(size), bytes(32))
    (log.published / "checkpoint").write_text(f"{text}\n{key.sign(text)}")
    code, said = ask("export", log.published)
    assert (code, "is missing: the record is incomplete" in said) == (1, True)


def test_a_bundle_of_entries_that_is_cut_off_is_named(log, ask):
    path = log.published / "tile/entries/001.p/44"
    for cut in (path.read_bytes()[:-1], path.read_bytes() + b"\0"):
        path.write_bytes(cut)
        code, said = ask("export", log.published)
        assert (code, "tile/entries/001.p/44" in said) == (1, True), said


def test_names_in_a_forged_checkpoint_cannot_write_the_answer(log, ask):
    path = log.published / "checkpoint"
    forged = log.note().replace(b"test.example/record\n", "\u202e\u009b2J. VERIFIED\n".encode(), 1)
    path.write_bytes(forged)
    code, said = ask("export", log.published)
    assert code == 1
    assert said.isascii()


def test_one_checkpoint_alone_is_compared_with_nothing(log, ask, tmp_path):
    policy = ("--policy", log.published / "policy.txt")
    assert ask("split-view", log.published / "checkpoint", *policy)[0] == 2
    older = tmp_path / "older"
    older.write_bytes(log.note())
    log.grow(10)
    code, said = ask("split-view", log.published / "checkpoint", older, *policy)
    assert (code, "they have different sizes" in said) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", ".", "."), "python verifier.py export DIR"),
        (("proof", "."), "python verifier.py proof ENTRY PROOF"),
        (("bundle", ".", "."), "python verifier.py bundle FILE"),
        (("split-view", "."), "python verifier.py split-view FILE FILE"),
        (("dance", "."), "no such command"),
        (("bundle", "."), "cannot be read"),
        (("proof", "nowhere", "nowhere"), "nowhere cannot be read"),
    ],
)
def test_a_command_that_cannot_be_followed_says_how_it_goes(log, ask, arguments, sentence):
    code, said = ask(*arguments, "--policy", log.published / "policy.txt")
    assert (code, sentence in said) == (2, True), said


@pytest.mark.parametrize(
    ("held", "code"),
    [('"{0}"', 0), ('"sha256:{0}"', 0), ('"see {0}"', 1), ('"x\\"{0}\\""', 1), ('"{0}0"', 1)],
)
def test_a_digest_that_somebody_typed_amid_other_words_records_no_document(
    log, ask, tmp_path, held, code
):
    digest = hashlib.sha256(b"the facts").hexdigest()
    log.source.held.append(b'{"public":{"basis":%b}}' % held.format(digest).encode())
    log.publish()
    file = tmp_path / "bundle.json"
    file.write_text(json.dumps(bundle_of(log, 300, documents={"facts\x1b.txt": "the facts"})))
    told, said = ask("bundle", file, "--policy", log.published / "policy.txt")
    assert told == code, said
    assert ("300 (facts'\\x1b'.txt)" in said) == (code == 0)
