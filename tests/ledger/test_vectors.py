"""Published vectors: Certificate Transparency's tree, and a log that others have verified."""

import base64
from pathlib import Path

import pytest
from django.db import connection

from oversight.ledger import verifier
from oversight.ledger.signing import SigningKey, vkey
from oversight.ledger.tree import TileTree, check_consistency
from oversight.ledger.verifier import (
    COSIGNER_KEY,
    LOG_KEY,
    Edge,
    Key,
    Policy,
    Refuted,
    hash_leaf,
    parse_note,
)
from tests.conftest import acting_as

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


RFC_8032 = [  # section 7.1, tests 1 and 2: secret key, public key, message, signature
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
            "b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "r",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
            "1d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signatures_of_rfc_8032(secret, public, message, signature):
    signer = SigningKey.from_seed("x", LOG_KEY, bytes.fromhex(secret))
    assert signer.key.public.hex() == public
    raw = base64.b64decode(signer.sign(message).split()[-1])
    assert raw == signer.key.id + bytes.fromhex(signature)


def test_the_note_of_go_s_own_documentation():
    """golang.org/x/mod/sumdb/note, which c2sp.org/signed-note was written from."""
    key = Key.parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", LOG_KEY)
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpR"
        "Zb6KE6RyyBwJnAM=\n"
    )
    text, signatures = parse_note(note.encode())
    assert key.check(text, signatures)
    with pytest.raises(Refuted):
        key.check(text.replace("cryptography", "blockchain"), signatures)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "message", "digest"),
    [  # cases 1 and 2; a key shorter than 32 bytes is one that ends in zeros
        (
            b"\x0b" * 20,
            "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe",
            "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
    ],
)
def test_the_databases_hmac_is_that_of_rfc_4231(key, message, digest):
    with acting_as("owner"), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_hmac(%s, %s)", [key.ljust(32, b"\0"), message])
        assert bytes(cursor.fetchone()[0]).hex() == digest


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
    new = verifier.check_export(VECTOR, policy, old)
    proof = TileTree(lambda path: (VECTOR / path).read_bytes(), 1000).prove_consistency(300)
    text = (VECTOR / "proofs" / "consistency-300-1000.txt").read_text()
    assert proof == [verifier.decode_base64(line) for line in text.split()]
    check_consistency(proof, old, new)


def test_a_key_file_is_read_back_and_shows_its_secret_to_nobody(tmp_path):
    made = SigningKey.load_or_create(tmp_path / "k" / "key", "a.example/log", LOG_KEY)
    again = SigningKey.load_or_create(tmp_path / "k" / "key", "a.example/log", LOG_KEY)
    assert made.key == again.key
    assert (tmp_path / "k" / "key").stat().st_mode & 0o777 == 0o600
    secret = (tmp_path / "k" / "key").read_text().strip().split("+", 4)[4]  # it may hold a "+"
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
