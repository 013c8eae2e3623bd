"""What must hold of the record's tree, proofs and notes, whatever the size and the tampering."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oversight.ledger.signing import SigningKey, checkpoint_text, encode
from oversight.ledger.tree import TileTree, check_consistency, tile_paths
from oversight.ledger.verifier import (
    COSIGNER_KEY,
    EMPTY_ROOT,
    LOG_KEY,
    Checkpoint,
    Edge,
    Policy,
    Refuted,
    check_inclusion,
    commit_field,
    digest_commitments,
    fold,
    hash_leaf,
    parse_bundle,
    tile_path,
)

LIMIT = 1200
LEAVES = [hash_leaf(b"%d" % index) for index in range(LIMIT)]
LOG = SigningKey.from_seed("log.example/1", LOG_KEY, bytes(32))
WITNESSES = [SigningKey.from_seed(f"w{i}.example", COSIGNER_KEY, bytes([i]) * 32) for i in range(3)]
sizes = st.one_of(
    st.integers(1, LIMIT), st.sampled_from([1, 2, 255, 256, 257, 511, 512, 513, 1024])
)


def reference_root(leaves):
    """RFC 6962 section 2.1, as it is written there."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    left, right = reference_root(leaves[:split]), reference_root(leaves[split:])
    return hashlib.sha256(b"\1" + left + right).digest()


def published(size, leaves=LEAVES):
    """The tiles of a tree, by path, and its root."""
    tiles = {}

    def store(level, number, hashes):
        tiles[tile_path(level, number, len(hashes) // 32)] = hashes

    edge = Edge(store)
    for leaf in leaves[:size]:
        edge.add(leaf)
    for level, number, hashes in edge.partial_tiles():
        store(level, number, hashes)
    return tiles, edge.root()


def stated(size, root):
    return Checkpoint("log.example/1", size, root, "")


@settings(max_examples=60, deadline=None)
@given(size=st.one_of(sizes, st.just(0)))
def test_the_edge_has_the_root_of_rfc_6962_and_leaves_every_tile(size):
    tiles, root = published(size)
    assert root == reference_root(LEAVES[:size]) == fold(LEAVES[:size])
    hashes = {path for path in tile_paths(size) if "entries" not in path}
    assert set(tiles) == hashes


@settings(max_examples=80, deadline=None)
@given(size=sizes, data=st.data())
def test_every_inclusion_proof_verifies_and_no_altered_one_does(size, data):
    index = data.draw(st.integers(0, size - 1))
    tiles, root = published(size)
    proof = TileTree(tiles.__getitem__, size).prove_inclusion(index)
    check_inclusion(proof, index, size, LEAVES[index], root)
    spare = [*proof, bytes(32)]
    wrong = [(spare, index, size), ([bytes(32), *proof], index, size)]
    wrong += [(proof, index + 1, size), (proof, index - 1, size), (proof, index + size, size)]
    if proof:
        at = data.draw(st.integers(0, len(proof) - 1))
        wrong += [(proof[:at] + proof[at + 1 :], index, size)]
        wrong += [([*proof[:at], bytes(32), *proof[at + 1 :]], index, size)]
    for bad, place, of in wrong:
        with pytest.raises(Refuted):
            check_inclusion(bad, place, of, LEAVES[index], root)
    with pytest.raises(Refuted):
        check_inclusion(proof, index, size, hash_leaf(b"another"), root)


@settings(max_examples=80, deadline=None)
@given(size=sizes, data=st.data())
def test_growth_is_provable_from_any_size_and_a_change_in_the_past_never_is(size, data):
    old = data.draw(st.integers(0, size))
    tiles, root = published(size)
    old_root = published(old)[1]
    proof = TileTree(tiles.__getitem__, size).prove_consistency(old)
    check_consistency(proof, stated(old, old_root), stated(size, root))
    with pytest.raises(Refuted):
        check_consistency([*proof, bytes(32)], stated(old, old_root), stated(size, root))
    if proof:
        with pytest.raises(Refuted):
            check_consistency(proof[:-1], stated(old, old_root), stated(size, root))
    if old:
        at = data.draw(st.integers(0, old - 1))
        edited = [*LEAVES[:at], hash_leaf(b"edited"), *LEAVES[at + 1 : size]]
        tiles, forged = published(size, edited)
        proof = TileTree(tiles.__getitem__, size).prove_consistency(old)
        with pytest.raises(Refuted):
            check_consistency(proof, stated(old, old_root), stated(size, forged))


@given(old=st.integers(1, 300), new=st.integers(0, 299))
def test_a_record_that_shrank_continues_nothing(old, new):
    if new < old:
        with pytest.raises(Refuted, match="shrank"):
            check_consistency([], stated(old, bytes(32)), stated(new, bytes(32)))


@given(entries=st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_read_back_whole_and_never_cut(entries):
    data = b"".join(len(entry).to_bytes(2) + entry for entry in entries)
    assert parse_bundle(data, "here", len(entries)) == entries
    if data:
        for cut in {0, 1, len(data) // 2, len(data) - 1}:
            with pytest.raises(Refuted, match="here is damaged"):
                parse_bundle(data[:cut], "here", len(entries))
    for width in (len(entries) - 1, len(entries) + 1):
        with pytest.raises(Refuted, match="whole entries"):
            parse_bundle(data, "here", width)


def blind_field(key, name):
    """As the database makes it: giving one field's blind away opens no other."""
    return hmac.digest(key, f"oversight-ledger/v1 blind\n{name}".encode(), "sha256")


def note(size=5, signers=(LOG, *WITNESSES), root=EMPTY_ROOT):
    text = checkpoint_text("log.example/1", size, root)
    return (text + "\n" + "".join(one.sign(text, at=1_700_000_000) for one in signers)).encode()


def policy(quorum):
    names = {f"w{i}": one.key for i, one in enumerate(WITNESSES)}
    return Policy([LOG.key], names, {"g": (quorum, [*names])}, "g" if quorum else "none")


@given(signed=st.sets(st.integers(0, 2)), quorum=st.integers(0, 3))
def test_a_checkpoint_opens_exactly_when_the_quorum_stands_behind_it(signed, quorum):
    data = note(signers=(LOG, *(WITNESSES[i] for i in sorted(signed))))
    if len(signed) >= quorum:
        assert set(policy(quorum).open(data).cosigned) == {f"w{i}" for i in signed}
    else:
        with pytest.raises(Refuted, match="too few"):
            policy(quorum).open(data)


@settings(max_examples=150)
@given(data=st.data())
def test_no_changed_byte_of_a_note_goes_unnoticed(data):
    raw = bytearray(note())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        opened = policy(3).open(bytes(raw))
    except ValueError:
        return
    # Base64 leaves unused bits in its last character; then, and only then, nothing was changed.
    assert opened.text == checkpoint_text("log.example/1", 5, EMPTY_ROOT)
    assert len(opened.cosigned) == 3


@given(
    key=st.binary(min_size=32, max_size=32),
    fields=st.dictionaries(st.from_regex("[a-z]{1,8}", fullmatch=True), st.text(max_size=20)),
)
def test_commitments_tell_fields_and_values_apart(key, fields):
    commitments = {
        name: commit_field(blind_field(key, name), name, value) for name, value in fields.items()
    }
    assert len(set(commitments.values())) == len(fields)
    digest = digest_commitments(commitments)
    for name in fields:
        assert digest != digest_commitments(commitments | {name: bytes(32)})
        assert digest != digest_commitments({k: v for k, v in commitments.items() if k != name})


@given(st.binary(max_size=40))
def test_arbitrary_bytes_are_refused_and_nothing_else_happens(data):
    for parse in (
        policy(0).open,
        lambda raw: Policy.parse(raw.decode(errors="replace")),
        lambda raw: Checkpoint.parse(encode(raw)),
    ):
        with pytest.raises(ValueError):  # noqa: PT011  (any kind of ValueError ends with exit code 2)
            parse(data)
