"""The verifier as a newspaper runs it: sentences and exit codes, for truth and for each forgery."""

import json

import pytest

from oversight.ledger.proofs import NotYetSignedError, prove
from oversight.ledger.signing import checkpoint_text
from oversight.ledger.tree import tile_paths
from oversight.ledger.verifier import TILE, hash_leaf, tile_path


def test_an_honest_record_verifies(log, newspaper):
    code, said = newspaper("export", log.published)
    assert code == 0
    assert said.startswith("VERIFIED: every entry and every tile is what was signed: test.example")
    assert "300 entries" in said
    assert "compare policy.txt with a copy from elsewhere" in said


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512, 513])
def test_records_of_awkward_sizes_verify(tmp_path, newspaper, size):
    from tests.ledger.logs import Log

    log = Log(tmp_path / "sized")
    log.grow(size)
    assert newspaper("export", log.published)[0] == 0


def test_an_edited_entry_is_named(log, newspaper):
    bundle = log.published / tile_path("entries", 1, 44)
    bundle.write_bytes(bundle.read_bytes().replace(b"entry 270", b"entry 271", 1))
    code, said = newspaper("export", log.published)
    assert code == 1
    assert "REFUTED: the record was changed after it was signed: entry 270" in said


def test_an_edited_entry_with_every_node_recomputed_is_exposed_by_the_root(
    log, newspaper, tmp_path
):
    forged = log.source.held.copy()
    forged[17] = b"nothing happened"
    twin = log.twin(tmp_path / "twin", forged)
    twin.publish()
    (twin.published / "checkpoint").write_bytes(log.note())
    code, said = newspaper("export", twin.published)
    assert code == 1
    assert "whoever changed the record also recomputed the tree" in said


def test_a_record_rewritten_and_signed_with_the_real_key_is_exposed_by_an_older_checkpoint(
    log, newspaper, tmp_path
):
    old = tmp_path / "yesterday.checkpoint"
    old.write_bytes(log.note())
    twin = log.twin(tmp_path / "twin", [b"forged", *log.source.held[1:], b"later"])
    twin.publish()
    assert newspaper("export", twin.published)[0] == 0
    code, said = newspaper("consistency", twin.published, old)
    assert code == 1
    assert "the first 300 entries are not those that were signed then" in said


def test_a_deleted_tail_is_exposed_by_an_older_checkpoint(log, newspaper, tmp_path):
    old = tmp_path / "yesterday.checkpoint"
    old.write_bytes(log.note())
    twin = log.twin(tmp_path / "twin", log.source.held[:290])
    twin.publish()
    code, said = newspaper("consistency", twin.published, old)
    assert code == 1
    assert "the record shrank: 300 entries were signed, 290 are left" in said


def test_growth_is_confirmed(log, newspaper, tmp_path):
    old = tmp_path / "yesterday.checkpoint"
    old.write_bytes(log.note())
    log.grow(400)
    code, said = newspaper("consistency", log.published, old)
    assert code == 0
    assert "the first 300 entries are unchanged" in said


def test_a_split_view_is_told_with_both_checkpoints(log, newspaper, tmp_path):
    twin = log.twin(tmp_path / "twin", [b"for the council's eyes", *log.source.held[1:]])
    twin.publish()
    files = [log.published / "checkpoint", twin.published / "checkpoint"]
    policy = ["--policy", log.published / "policy.txt"]
    code, said = newspaper("split-view", *files, *policy)
    assert code == 1
    assert "SPLIT VIEW: test.example/record signed two different records of 300 entries" in said
    assert newspaper("split-view", files[0], files[0], *policy)[0] == 0


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000"])
def test_a_removed_file_is_named(log, newspaper, path):
    (log.published / path).unlink()
    code, said = newspaper("export", log.published)
    assert code == 1
    assert f"{path} is missing: the record is incomplete" in said


@pytest.mark.parametrize("level", [0, 1])
def test_a_forged_tile_under_honest_entries_is_named(log, newspaper, level):
    path = log.published / tile_path(level, level ^ 1, (44, 1)[level])
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    code, said = newspaper("export", log.published)
    assert code == 1
    assert "the entries are those signed, but a file is forged" in said


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"\n300\n", b"\n299\n", "is forged or damaged"),
        (b"\n300\n", b"\n0300\n", "is forged or damaged"),
        (b"test.example/record\n300", b"fake.example/record\n300", "itself has not signed"),
    ],
)
def test_an_edited_checkpoint_is_refused(log, newspaper, old, new, sentence):
    path = log.published / "checkpoint"
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    code, said = newspaper("export", log.published)
    assert code == 1
    assert sentence in said


def test_proofs_verify_alone_and_each_only_for_its_entry(log, newspaper, tmp_path):
    policy = log.published / "policy.txt"
    for index in (0, 255, 256, 299):
        proof = prove(index, log.published, log.policy)
        (tmp_path / "entry").write_bytes(proof.entry)
        (tmp_path / "proof").write_text(proof.text)
        code, said = newspaper("proof", tmp_path / "entry", tmp_path / "proof", "--policy", policy)
        assert (code, f"this is entry {index} of" in said) == (0, True)
    (tmp_path / "entry").write_bytes(b"entry 298")
    code, said = newspaper("proof", tmp_path / "entry", tmp_path / "proof", "--policy", policy)
    assert code == 1
    assert "the entry shown is not entry 299" in said
    lines = proof.text.replace("index 299\n", "index 299\n" + proof.text.split("\n")[2] + "\n")
    (tmp_path / "proof").write_text(lines)
    code, said = newspaper("proof", tmp_path / "entry", tmp_path / "proof", "--policy", policy)
    assert code == 1
    assert "not the proof of entry 299" in said


def test_an_entry_beyond_the_checkpoint_has_no_proof_yet(log):
    with pytest.raises(NotYetSignedError, match="entry 300 is not yet covered"):
        prove(300, log.published, log.policy)


def test_a_damaged_tile_never_ends_in_a_proof(log):
    path = log.published / "tile/0/000"
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    with pytest.raises(ValueError, match="the entry shown is not entry 5"):
        prove(5, log.published, log.policy)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "nowhere"), "No such file"),
        (("dance", "."), "policy.txt"),
        (("split-view", "a", "--policy", "nowhere"), "No such file"),
    ],
)
def test_unusable_input_is_told_apart_from_a_finding(newspaper, arguments, sentence):
    code, said = newspaper(*arguments)
    assert code == 2
    assert "CANNOT CHECK" in said
    assert sentence in said


BESIDE = ("checkpoint", "policy.txt", "status.json", "signed")


def test_the_files_of_a_record_are_exactly_those_that_a_reader_expects(log):
    found = {
        str(path.relative_to(log.published))
        for path in log.published.rglob("*")
        if path.is_file() and path.name not in BESIDE
    }
    assert found == set(tile_paths(300))


def test_the_checkpoint_is_signed_over_what_it_says(log):
    leaves = [hash_leaf(entry) for entry in log.source.held]
    tile = (log.published / "tile/0/000").read_bytes()
    assert tile == b"".join(leaves[:TILE])
    root = log.policy.open(log.note()).root
    assert log.note().startswith(checkpoint_text(log.origin, 300, root).encode())
    assert json.loads((log.published / "status.json").read_text())["root"] == root.hex()
