"""Published vectors: Certificate Transparency's tree, and a log that others have verified."""

from pathlib import Path

import pytest

from oversight.ledger import verifier
from oversight.ledger.signing import SigningKey, vkey
from oversight.ledger.tree import TileTree, check_consistency
from oversight.ledger.verifier import COSIGNER_KEY, LOG_KEY, Edge, Key, Policy, hash_leaf

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
VECTOR = Path(__file__).parents[3] / "shared" / "tools" / "verify-log" / "vector-1000"
needs_vector = pytest.mark.skipif(
    not VECTOR.is_dir(), reason="the log of 1,000 entries (../shared/tools/verify-log) is not here"
)


@pytest.mark.parametrize("size", ROOTS)
def test_roots_of_certificate_transparency(size):
    edge = Edge()
    for leaf in LEAVES[:size]:
        edge.add(hash_leaf(leaf))
    assert edge.root().hex() == ROOTS[size]


@pytest.mark.parametrize(
    ("number", "width", "path"),
    [
        (0, 256, "tile/0/000"),
        (1234067, 256, "tile/0/x001/x234/067"),
        (1234067, 7, "tile/0/x001/x234/067.p/7"),
        (1000, 256, "tile/0/x001/000"),
        (999, 1, "tile/0/999.p/1"),
    ],
)
def test_tile_paths_of_c2sp(number, width, path):
    assert verifier.tile_path(0, number, width) == path


@needs_vector
def test_the_vector_log_verifies_and_its_keys_read_back():
    policy = Policy.parse((VECTOR / "policy.txt").read_text())
    checkpoint = verifier.check_export(VECTOR, policy)
    assert (checkpoint.size, [*checkpoint.cosigned]) == (1000, ["w1"])
    for name, kind in (("log", LOG_KEY), ("w1", COSIGNER_KEY)):
        line = (VECTOR / f"{name}.vkey").read_text().strip()
        assert vkey(Key.parse(line, kind)) == line


@needs_vector
@pytest.mark.parametrize("index", [0, 255, 256, 511, 777, 999])
def test_the_vector_proofs_verify_and_ours_are_the_same_hashes(index):
    policy = Policy.parse((VECTOR / "policy.txt").read_text())
    proof = (VECTOR / "proofs" / f"{index}.tlog-proof").read_bytes()
    entry = (VECTOR / "proofs" / f"{index}.entry").read_bytes()
    assert verifier.check_proof(entry, proof, policy)[0] == index
    tree = TileTree(lambda path: (VECTOR / path).read_bytes(), 1000)
    lines = proof.decode().partition("\n\n")[0].splitlines()[2:]
    assert tree.prove_inclusion(index) == [verifier.decode_base64(line) for line in lines]


@needs_vector
def test_the_vector_log_continues_its_older_checkpoint_and_our_proof_is_the_same():
    policy = Policy.parse((VECTOR / "policy.txt").read_text())
    old = policy.open((VECTOR / "proofs" / "checkpoint.300").read_bytes())
    new = verifier.check_growth(VECTOR, policy, old)
    proof = TileTree(lambda path: (VECTOR / path).read_bytes(), 1000).prove_consistency(300)
    text = (VECTOR / "proofs" / "consistency-300-1000.txt").read_text()
    assert proof == [verifier.decode_base64(line) for line in text.split()]
    check_consistency(proof, old, new)


def test_a_key_file_is_read_back_and_shows_its_secret_to_nobody(tmp_path):
    made = SigningKey.load_or_create(tmp_path / "k" / "key", "a.example/log", LOG_KEY)
    again = SigningKey.load_or_create(tmp_path / "k" / "key", "a.example/log", LOG_KEY)
    assert made.key == again.key
    assert (tmp_path / "k" / "key").stat().st_mode & 0o777 == 0o600
    secret = (tmp_path / "k" / "key").read_text().strip().rpartition("+")[2]
    assert secret not in repr(made) + str(vars(made))
    (tmp_path / "k" / "key").chmod(0o644)
    with pytest.raises(verifier.Unusable, match="can be read by others"):
        SigningKey.load(tmp_path / "k" / "key")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda line: line.replace("+", "-", 1), "not an Ed25519 key"),
        (lambda line: line.replace("a.example", "b.example"), "does not belong to its key"),
        (lambda line: line + "A", "not base64"),
        (lambda line: line[:-8], "not"),
        (lambda line: "a b" + line, "not an Ed25519 key"),
    ],
)
def test_a_damaged_vkey_is_unusable(spoil, message):
    line = vkey(SigningKey.from_seed("a.example/log", LOG_KEY, bytes(32)).key)
    with pytest.raises(verifier.Unusable, match=message):
        Key.parse(spoil(line), LOG_KEY)
