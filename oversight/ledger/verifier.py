"""Check the record on your own machine, without trusting the city that keeps it.

One file; it needs Python 3.11 or newer and the ``cryptography`` package, nothing else::

    python verifier.py export DIR                 everything in a downloaded record
    python verifier.py proof ENTRY PROOF          one entry, with its proof
    python verifier.py consistency DIR OLD        nothing was changed since an older checkpoint
    python verifier.py split-view FILE...         nobody was shown another record
    python verifier.py bundle FILE                the documents of one search

``--policy FILE`` names the keys to trust; get it from somewhere other than the record itself.
Answers are plain sentences. Exit code 0: verified; 1: refuted, and the sentence says what
happened; 2: the input cannot be used.

The tree is that of RFC 6962 section 2.1, its proofs those of RFC 9162 section 2.1; notes,
checkpoints, cosignatures, tiles, proof files and policies follow c2sp.org. The rest of the
record's code imports these functions from here, so that there is one implementation.
"""

import argparse
import base64
import binascii
import hashlib
import hmac
import json
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG_KEY, COSIGNER_KEY = 1, 4  # C2SP signature types: Ed25519, timestamped cosignature
TILE = 256  # hashes in a full tile, entries in a full bundle
ENTRY_LIMIT = 65_535  # bytes: two bytes tell an entry's length
EMPTY_ROOT = hashlib.sha256(b"").digest()
PROOF_HEADER = "c2sp.org/tlog-proof@v1"


class Refuted(ValueError):  # noqa: N818  (a finding, told to the reader as one)
    """The record, or what is said about it, is contradicted by its own bytes."""


class Unusable(ValueError):  # noqa: N818  (likewise)
    """The input is missing or malformed; the message says what was expected."""


def hash_leaf(entry: bytes) -> bytes:
    """The leaf hash of an entry, 32 bytes."""
    return hashlib.sha256(b"\0" + entry).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """The hash of the node over two nodes, 32 bytes."""
    return hashlib.sha256(b"\1" + left + right).digest()


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over nodes from left to right, all of one size save a smaller last one.

    Joining neighbours and carrying a lonely last node up unchanged gives the same tree as
    RFC 6962's split at the largest power of two.
    """
    row = list(hashes) or [EMPTY_ROOT]
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        lonely = row[-1:] if len(row) % 2 else []
        row = [hash_children(left, right) for left, right in pairs] + lonely
    return row[0]


def check_inclusion(
    proof: Sequence[bytes], index: int, size: int, leaf: bytes, root: bytes
) -> None:
    """Refuted unless the leaf hash is number ``index`` in the tree (RFC 9162 section 2.1.3)."""
    inner = (index ^ (size - 1)).bit_length()  # below, the paths to this leaf and the last differ
    if not 0 <= index < size or len(proof) != inner + (index >> inner).bit_count():
        raise Refuted(f"this is not the proof of entry {index} in a record of {size} entries")
    seen = leaf
    for level, sibling in enumerate(proof):
        is_left = level >= inner or index >> level & 1
        seen = hash_children(sibling, seen) if is_left else hash_children(seen, sibling)
    if seen != root:
        raise Refuted(f"the entry shown is not entry {index} of the record that was signed")


def tile_path(level: int | str, number: int, width: int = TILE) -> str:
    """Where a tile of hashes stands, or with level ``"entries"`` a bundle of entries."""
    groups = f"{number % 1000:03d}"
    while number := number // 1000:
        groups = f"x{number % 1000:03d}/{groups}"
    return f"tile/{level}/{groups}" + (f".p/{width}" if width < TILE else "")


def parse_bundle(data: bytes) -> list[bytes]:
    """The entries in a bundle, in order; Unusable where lengths and bytes do not agree."""
    entries, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start])
        if at > len(data) or start > len(data):
            raise Unusable("an entry bundle ends in the middle of an entry")
        entries.append(data[start:at])
    return entries


class Edge:
    """A growing tree as the tiles along its right edge; about 8 kB a level, whatever the size.

    ``on_full(level, number, hashes)`` is called with each tile as it fills.
    """

    def __init__(self, on_full: Callable[[int, int, bytes], None] = lambda *_: None) -> None:
        """An empty tree."""
        self.size = 0
        self._levels: list[list[bytes]] = [[]]
        self._on_full = on_full

    def add(self, leaf: bytes) -> None:
        """Append a leaf hash."""
        self.size += 1
        self._push(0, leaf)

    def _push(self, level: int, node: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
        tile = self._levels[level]
        tile.append(node)
        if len(tile) == TILE:
            self._on_full(level, (self.size >> 8 * (level + 1)) - 1, b"".join(tile))
            self._levels[level] = []
            self._push(level + 1, fold(tile))

    def partial_tiles(self) -> Iterator[tuple[int, int, bytes]]:
        """The tiles that are not full yet and not empty: level, number, hashes."""
        for level, tile in enumerate(self._levels):
            if tile:
                yield level, self.size >> 8 * (level + 1), b"".join(tile)

    def root(self) -> bytes:
        """The root of the tree as it stands."""
        below: list[bytes] = []
        for tile in self._levels:
            below = [fold(tile + below)] if tile or below else []
        return fold(below)


def decode_base64(text: str) -> bytes:
    """Strict base64; Unusable where it is not."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unusable(f"not base64: {text[:80]!r}") from error


Signatures = dict[tuple[str, bytes], bytes]  # (key's name, its id) -> signature


@dataclass(frozen=True)
class Key:
    """A public key that signs notes: its name, C2SP signature type and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        parts = (self.name.encode(), b"\n", bytes([self.kind]), self.public)
        return hashlib.sha256(b"".join(parts)).digest()[:4]

    @classmethod
    def parse(cls, vkey: str, kind: int) -> Self:
        """Read a vkey of one signature type; Unusable where it is malformed or another's."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = decode_base64(encoded)
        if not re.fullmatch(r"[^\s+]+", name) or len(raw) != 1 + 32 or raw[0] != kind:
            raise Unusable(f"not an Ed25519 key of type {kind}: {vkey!r}")
        key = cls(name, kind, raw[1:])
        if key.id.hex() != key_id:
            raise Unusable(f"the id in {vkey!r} does not belong to its key")
        return key

    def check(self, text: str, signatures: Signatures) -> int:
        """Whether this key signed: 0 no, else 1 or a cosigner's seconds since 1970; Refuted if forged."""
        raw = signatures.get((self.name, self.id))
        if raw is None:
            return 0
        stated, message = 1, text
        if self.kind == COSIGNER_KEY:
            stated, raw = int.from_bytes(raw[:8]), raw[8:]
            message = cosigned_message(stated, text)
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(raw, message.encode())
        except InvalidSignature:
            raise Refuted(f"the signature of {self.name} is forged or damaged") from None
        return stated


def cosigned_message(stated: int, text: str) -> str:
    """What a witness signs: the time in seconds since 1970, then the checkpoint's text."""
    return f"cosignature/v1\ntime {stated}\n{text}"


@dataclass(frozen=True)
class Checkpoint:
    """What a log states: its name, how many entries, their root; and who else has seen it."""

    origin: str
    size: int
    root: bytes
    text: str
    cosigned: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, text: str, cosigned: Mapping[str, int] | None = None) -> Self:
        """Read a checkpoint's text, without signatures; Unusable where it is malformed."""
        match text.split("\n"):
            case [origin, size, root, *extensions, ""] if (
                origin and re.fullmatch("0|[1-9][0-9]{0,18}", size) and all(extensions)
            ):
                return cls(origin, int(size), _hash(root), text, cosigned or {})
        raise Unusable("not a checkpoint: expected the log's name, its size and its root")


def _hash(line: str) -> bytes:
    if len(raw := decode_base64(line)) != len(EMPTY_ROOT):
        raise Unusable(f"not a hash: {line!r}")
    return raw


def parse_note(data: bytes) -> tuple[str, Signatures]:
    """Text and signatures of a signed note (c2sp.org/signed-note); nothing is verified yet."""
    text, _, tail = data.decode().rpartition("\n\n")
    lines = tail.split("\n")
    if not text or lines.pop() or re.search(r"[\x00-\x09\x0b-\x1f]", text):
        raise Unusable("not a signed note: expected a text, an empty line and signatures")
    signatures: Signatures = {}
    for line in lines:
        if not (found := re.fullmatch(r"\u2014 ([^\s+]+) (\S+)", line)):
            raise Unusable(f"not a signature line: {line!r}")
        raw = decode_base64(found[2])
        signatures.setdefault((found[1], raw[:4]), raw[4:])
    return text + "\n", signatures


@dataclass(frozen=True)
class Policy:
    """Whom to believe: the log's keys, the witnesses', and how many of them (c2sp.org/tlog-policy)."""

    logs: Sequence[Key]
    witnesses: Mapping[str, Key]
    groups: Mapping[str, tuple[int, Collection[str]]]
    quorum: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read policy.txt; Unusable, with the line, where it is malformed."""
        logs: list[Key] = []
        witnesses: dict[str, Key] = {}
        groups: dict[str, tuple[int, Collection[str]]] = {}
        quorum = ""
        lines = [line.strip() for line in text.splitlines()]
        for line in [line for line in lines if line and not line.startswith("#")]:
            match line.split():
                case ["log", vkey, *_]:
                    logs.append(Key.parse(vkey, LOG_KEY))
                case ["witness", name, vkey, *_]:
                    witnesses[name] = Key.parse(vkey, COSIGNER_KEY)
                case ["group", name, count, *members] if {*members} <= {*witnesses, *groups}:
                    words = {"any": 1, "all": len(members)}
                    groups.setdefault(name, (max(1, words.get(count) or int(count)), {*members}))
                case ["quorum", name] if name in {*witnesses, *groups, "none"} and not quorum:
                    quorum = name
                case _:
                    raise Unusable(f"policy.txt: this line cannot be read: {line!r}")
        if not logs or not quorum:
            raise Unusable("policy.txt: it needs a log line and a quorum line")
        if len({key.public for key in witnesses.values()}) < len(witnesses):
            raise Unusable("policy.txt: two witnesses have one key, and would count twice")
        return cls(logs, witnesses, groups, quorum)

    def is_reached(self, name: str, signed: Mapping[str, int]) -> bool:
        """Whether the witness or group of this name stands behind what ``signed`` have signed."""
        need, members = self.groups.get(name, (0, ()))
        if not need:
            return name == "none" or name in signed
        return sum(self.is_reached(member, signed) for member in members) >= need

    def open(self, data: bytes) -> Checkpoint:
        """The checkpoint in a note that the log has signed and the quorum cosigned, else Refuted."""
        text, signatures = parse_note(data)
        origin = text.partition("\n")[0]
        signed = [key for key in self.logs if key.name == origin and key.check(text, signatures)]
        if not signed:
            raise Refuted(f"{origin} itself has not signed this checkpoint")
        stated = {name: key.check(text, signatures) for name, key in self.witnesses.items()}
        cosigned = {name: seconds for name, seconds in stated.items() if seconds}
        if not self.is_reached(self.quorum, cosigned):
            raise Refuted("too few of the witnesses that the policy names cosigned this checkpoint")
        return Checkpoint.parse(text, cosigned)


def check_proof(entry: bytes, proof: bytes, policy: Policy) -> tuple[int, Checkpoint]:
    """Index and checkpoint of an entry proven by a c2sp.org/tlog-proof@v1 file; else Refuted."""
    head, _, note = proof.partition(b"\n\n")
    start = rf"{re.escape(PROOF_HEADER)}\n(?:extra \S*\n)?index (0|[1-9][0-9]{{0,18}})(?:\n|$)"
    if not (found := re.match(start, head.decode())):
        raise Unusable(f"not a proof: it does not begin with {PROOF_HEADER} and an index")
    hashes = [_hash(line) for line in head.decode()[found.end() :].splitlines()]
    index, checkpoint = int(found[1]), policy.open(note)
    check_inclusion(hashes, index, checkpoint.size, hash_leaf(entry), checkpoint.root)
    return index, checkpoint


def commit_field(blind: bytes, name: str, value: str) -> bytes:
    """The commitment to one field, from its blind; the value is the JSON text that was stored."""
    return hmac.digest(blind, f"oversight-ledger/v1 value\n{name}\n{value}".encode(), "sha256")


def blind_field(key: bytes, name: str) -> bytes:
    """The blind of one field, from the entry's key; giving it away opens no other field."""
    return hmac.digest(key, f"oversight-ledger/v1 blind\n{name}".encode(), "sha256")


def digest_commitments(commitments: Mapping[str, bytes]) -> str:
    """What a leaf holds of its committed fields: one digest over all commitments, as hex."""
    lines = [f"{name} {commitments[name].hex()}\n" for name in sorted(commitments)]
    return hashlib.sha256(
        "".join(["oversight-ledger/v1 commitments\n", *lines]).encode()
    ).hexdigest()


def check_opening(entry: bytes, commitments: Mapping[str, str], opened: Mapping[str, Any]) -> None:
    """Refuted unless each opened field, ``{blind, value}``, is what the entry committed to."""
    known = {name: bytes.fromhex(value) for name, value in commitments.items()}
    if json.loads(entry)["commitment"] != digest_commitments(known):
        raise Refuted("the commitments shown are not those of the entry")
    for name, opening in opened.items():
        if known.get(name) != commit_field(bytes.fromhex(opening["blind"]), name, opening["value"]):
            raise Refuted(f"the value shown for {name} is not the one that was recorded")


class Export:
    """A record in a directory, rebuilt from its published entries alone."""

    def __init__(self, directory: Path, size: int, mark: int = 0) -> None:
        """Read ``size`` entries, comparing every tile; ``marked`` is the root at ``mark``."""
        self.directory = directory
        self.damage = ""
        self.marked = EMPTY_ROOT
        edge = Edge(self._compare)
        while edge.size < size:
            number, width = edge.size // TILE, min(TILE, size - edge.size)
            entries = parse_bundle(self._read(tile_path("entries", number, width)))
            if len(entries) != width:
                raise Refuted(f"{tile_path('entries', number, width)} has not {width} entries")
            for entry in entries:
                edge.add(hash_leaf(entry))
                if edge.size == mark:
                    self.marked = edge.root()
        for level, number, hashes in edge.partial_tiles():
            self._compare(level, number, hashes)
        self.root = edge.root()

    def _read(self, path: str) -> bytes:
        try:
            return (self.directory / path).read_bytes()
        except FileNotFoundError:
            raise Refuted(f"{path} is missing: the record is incomplete") from None

    def _compare(self, level: int, number: int, hashes: bytes) -> None:
        path = tile_path(level, number, len(hashes) // 32)
        published = self._read(path)
        if published == hashes or self.damage:
            return
        starts = range(0, len(hashes), 32)
        at = next((i for i in starts if published[i : i + 32] != hashes[i : i + 32]), len(hashes))
        place = f"entry {number * TILE + at // 32}" if level == 0 else f"the tree's level {level}"
        self.damage = f"{place} and the published {path} do not agree"


def check_export(directory: Path, policy: Policy) -> Checkpoint:
    """The signed checkpoint of a record whose every entry and tile it covers; else Refuted."""
    checkpoint = policy.open((directory / "checkpoint").read_bytes())
    export = Export(directory, checkpoint.size)
    if export.root != checkpoint.root:
        how = export.damage or (
            "the entries agree with the stored tree but not with the signed root, so whoever "
            "changed the record also recomputed the tree"
        )
        raise Refuted(f"the record was changed after it was signed: {how}")
    if export.damage:
        raise Refuted(f"the entries are those signed, but a file is forged: {export.damage}")
    return checkpoint


def check_growth(directory: Path, policy: Policy, old: Checkpoint) -> Checkpoint:
    """The checkpoint of a record that begins with what ``old`` covered; else Refuted."""
    new = policy.open((directory / "checkpoint").read_bytes())
    if new.origin != old.origin:
        raise Refuted(f"these are two records: {old.origin} and {new.origin}")
    if new.size < old.size:
        raise Refuted(f"the record shrank: {old.size} entries were signed, {new.size} are left")
    export = Export(directory, new.size, old.size)
    if export.marked != old.root:
        raise Refuted(f"the first {old.size} entries are not those that were signed then")
    if export.root != new.root:
        raise Refuted("the record was changed after it was signed")
    return new


def check_views(checkpoints: Sequence[Checkpoint]) -> None:
    """Refuted where two signed checkpoints of one size have different roots: a split view."""
    seen: dict[tuple[str, int], bytes] = {}
    for one in checkpoints:
        if seen.setdefault((one.origin, one.size), one.root) != one.root:
            raise Refuted(
                f"SPLIT VIEW: {one.origin} signed two different records of {one.size} entries; "
                "keep both files, they are the proof"
            )


def check_bundle(bundle: Mapping[str, Any], policy: Policy) -> list[int]:
    """Indexes of a bundle's entries, all proven, its documents all recorded; else Refuted."""
    indexes, recorded = [], ""
    for item in bundle["entries"]:
        entry = item["entry"].encode()
        indexes.append(check_proof(entry, item["proof"].encode(), policy)[0])
        if item["opened"]:
            check_opening(entry, item["commitments"], item["opened"])
        recorded += item["entry"] + "".join(opening["value"] for opening in item["opened"].values())
    for name, text in bundle["documents"].items():
        if hashlib.sha256(text.encode()).hexdigest() not in recorded:
            raise Refuted(f"the document {name} is not the one that was recorded")
    return indexes


def _stand(one: Checkpoint) -> str:
    times = [datetime.fromtimestamp(t, UTC).isoformat() for t in one.cosigned.values()]
    seen = [f"{name} ({at})" for name, at in zip(one.cosigned, times, strict=True)]
    return f"{one.origin}, {one.size} entries; seen by {', '.join(seen) or 'no witness'}"


def run(command: str, paths: Sequence[Path], policy: Policy) -> str:
    """Run one command and say in a sentence what was verified."""
    match [command, *paths]:
        case ["export", Path() as directory]:
            one = check_export(directory, policy)
            return f"every entry and every tile is what was signed: {_stand(one)}"
        case ["proof", Path() as entry, Path() as proof]:
            index, one = check_proof(entry.read_bytes(), proof.read_bytes(), policy)
            return f"this is entry {index} of {_stand(one)}"
        case ["consistency", Path() as directory, Path() as older]:
            old = policy.open(older.read_bytes())
            one = check_growth(directory, policy, old)
            return f"the first {old.size} entries are unchanged in {_stand(one)}"
        case ["split-view", Path(), *_]:
            check_views([policy.open(path.read_bytes()) for path in paths])
            return f"none of these {len(paths)} checkpoints contradicts another of its size"
        case ["bundle", Path() as file]:
            indexes = check_bundle(json.loads(file.read_bytes()), policy)
            return f"all documents are as recorded, in entries {', '.join(map(str, indexes))}"
    raise Unusable("no such command; see --help")


def main(arguments: Sequence[str]) -> int:
    """The command line; gives the exit code."""
    shape = argparse.RawTextHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=shape)
    parser.add_argument("command")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--policy", type=Path, help="default: policy.txt beside what is checked")
    given = parser.parse_args(arguments)
    code, said = 0, ""
    try:
        where = given.paths[0] if given.paths[0].is_dir() else given.paths[0].parent
        policy = Policy.parse((given.policy or where / "policy.txt").read_text())
        said = f"VERIFIED: {run(given.command, given.paths, policy)}."
    except Refuted as finding:
        code, said = 1, f"REFUTED: {finding}."
    except (ValueError, KeyError, TypeError, OSError) as error:
        code, said = 2, f"CANNOT CHECK: {error}"
    if not given.policy and code == 0:
        said += (
            "\nThe keys came with what was checked: compare policy.txt with a copy from elsewhere."
        )
    sys.stdout.write(said + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
