"""Check the record on your own machine, without trusting the city that keeps it.

One file; it needs Python 3.11 or newer and the ``cryptography`` package, nothing else::

    python verifier.py export DIR                 everything in a downloaded record
    python verifier.py proof ENTRY PROOF          one entry, with its proof
    python verifier.py consistency DIR OLD        nothing was changed since an older checkpoint
    python verifier.py split-view FILE FILE...    nobody was shown another record
    python verifier.py bundle FILE                the documents of one search

``--policy FILE`` names the keys to trust; get it from somewhere other than the record itself.
Answers are plain sentences. Exit code 0: verified; 1: refuted, and the sentence says what
happened; 2: the input cannot be used.

The tree is that of RFC 6962 section 2.1, its proofs those of RFC 9162 section 2.1; the rest follows
c2sp.org. The record's own code imports these functions, so that there is one implementation.
"""

import base64
import hashlib
import hmac
import json
import re
import sys
from argparse import ArgumentParser, RawTextHelpFormatter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LOG_KEY, COSIGNER_KEY = 1, 4  # C2SP signature types: Ed25519, timestamped cosignature
TILE = 256  # hashes in a full tile, entries in a full bundle
EMPTY_ROOT = hashlib.sha256(b"").digest()
PROOF_HEADER = "c2sp.org/tlog-proof@v1"
BUNDLE_FORMAT = "oversight-bundle/1"
_NUMBER = "0|[1-9][0-9]{0,18}"  # as sizes and indexes are written
_LAST_SECOND = 253_402_300_799  # of the year 9999, in seconds since 1970


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
        lonely = row[-1:] if len(row) % 2 else []
        row = [hash_children(*two) for two in zip(row[::2], row[1::2], strict=False)] + lonely
    return row[0]


def check_inclusion(proof: list[bytes], index: int, size: int, leaf: bytes, root: bytes) -> None:
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


def parse_bundle(data: bytes, path: str, width: int) -> list[bytes]:
    """The ``width`` entries in the bundle that stands at ``path``; Refuted where it holds others."""
    entries, at = [], 0
    while at < len(data):
        start = at + 2
        at = start + int.from_bytes(data[at:start])
        entries.append(data[start:at])
    if at != len(data) or len(entries) != width:
        raise Refuted(f"{path} is damaged: it does not hold {width} whole entries")
    return entries


class Edge:
    """A growing tree as the tiles along its right edge; about 8 kB a level, whatever the size."""

    def __init__(self, on_full: Callable[[int, int, bytes], None] = lambda *_: None) -> None:
        """An empty tree; ``on_full`` is called with level, number, hashes of each tile that fills."""
        self.size, self._on_full = 0, on_full
        self._levels: list[list[bytes]] = [[]]

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


def decode_base64(text: str, size: int = 0) -> bytes:
    """Strict base64, of ``size`` bytes if that is given; Unusable where it is not."""
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise Unusable(f"not base64: {text[:80]!a}") from error
    if size and len(raw) != size:
        raise Unusable(f"not {size} bytes in base64: {text[:80]!a}")
    return raw


Signatures = dict[tuple[str, bytes], bytes]  # (key's name, its id) -> signature
_NAME = r"[^\s+\x00-\x1f\x7f-\x9f]+"  # of a key: no blanks, no plus, nothing that steers a screen


@dataclass(frozen=True)
class Key:
    """A public key that signs notes: its name, C2SP signature type and 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        named = f"{self.name}\n".encode() + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:4]

    @classmethod
    def parse(cls, vkey: str, kind: int) -> Self:
        """Read a vkey of one signature type; Unusable where it is malformed or another's."""
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = decode_base64(encoded)
        if not re.fullmatch(_NAME, name) or len(raw) != 1 + 32 or raw[0] != kind:
            raise Unusable(f"not an Ed25519 key of type {kind}: {vkey!a}")
        key = cls(name, kind, raw[1:])
        if key.id.hex() != key_id:
            raise Unusable(f"the id in {vkey!a} does not belong to its key")
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
            if stated > _LAST_SECOND:
                raise Refuted(f"{self.name} states a time that no calendar has")
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
        if not (found := re.fullmatch(rf"(.+)\n({_NUMBER})\n(.+)\n(?:.+\n)*", text)):
            raise Unusable("not a checkpoint: expected the log's name, its size and its root")
        return cls(found[1], int(found[2]), decode_base64(found[3], 32), text, cosigned or {})


def parse_note(data: bytes) -> tuple[str, Signatures]:
    """Text and signatures of a signed note (c2sp.org/signed-note); nothing is verified yet."""
    text, _, tail = data.decode().rpartition("\n\n")
    *lines, rest = tail.split("\n")
    if (
        not text
        or rest
        or len(lines) not in range(1, 101)
        or re.search(r"[\x00-\x09\x0b-\x1f]", text)
    ):
        raise Unusable("not a signed note: expected a text, an empty line and signatures")
    signatures: Signatures = {}
    for line in lines:
        found = re.fullmatch(rf"\u2014 ({_NAME}) (\S+)", line)
        raw = decode_base64(found[2]) if found else b""
        if not found or len(raw) <= len(b"\0\0\0\0"):
            raise Unusable(f"not a signature line: {line!a}")
        signatures.setdefault((found[1], raw[:4]), raw[4:])
    return text + "\n", signatures


def _threshold(count: str, members: Sequence[str]) -> int:
    """How many of a group's members must sign; 0 where that cannot be told."""
    known = {f"{n}": n for n in range(1, len(members) + 1)} | {"any": 1, "all": len(members)}
    return known.get(count, 0) if len({*members}) == len(members) else 0


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
        names, free, quorum = {"none"}, set[str](), ""  # free: what is in no group yet
        for line in text.split("\n"):
            match [word for word in re.split("[ \t]+", line) if word]:
                case ["log", vkey] | ["log", vkey, _]:
                    logs.append(Key.parse(vkey, LOG_KEY))
                case ["witness", name, vkey] | ["witness", name, vkey, _] if name not in names:
                    witnesses[name] = Key.parse(vkey, COSIGNER_KEY)
                    names, free = names | {name}, free | {name}
                case ["group", name, count, *members] if name not in names and (
                    need := {*members} <= free and _threshold(count, members)
                ):
                    groups[name] = (need, members)
                    names, free = names | {name}, free - {*members} | {name}
                case ["quorum", name] if name in names and not quorum:
                    quorum = name
                case [start, *_] if not start.startswith("#"):
                    raise Unusable(f"policy.txt: this line cannot be read: {line!a}")
        if not logs or not quorum:
            raise Unusable("policy.txt: it needs a log line and a quorum line")
        for keys, which in ((logs, "logs"), (witnesses.values(), "witnesses")):
            if len({key.public for key in keys}) < len(keys):
                raise Unusable(f"policy.txt: two {which} have one key, and would count twice")
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
        if not [one for one in self.logs if one.name == origin and one.check(text, signatures)]:
            raise Refuted(f"{origin} itself has not signed this checkpoint")
        asked = self.witnesses.items()
        cosigned = {name: at for name, key in asked if (at := key.check(text, signatures))}
        if not self.is_reached(self.quorum, cosigned):
            raise Refuted("too few of the witnesses that the policy names cosigned this checkpoint")
        return Checkpoint.parse(text, cosigned)


def check_proof(entry: bytes, proof: bytes, policy: Policy) -> tuple[int, Checkpoint]:
    """Index and checkpoint of an entry proven by a c2sp.org/tlog-proof@v1 file; else Refuted."""
    head, _, note = proof.partition(b"\n\n")
    form = rf"{PROOF_HEADER}\n(?:extra \S*\n)?index ({_NUMBER})((?:\n\S+)*)"
    if not (found := re.fullmatch(form, head.decode())):
        raise Unusable(f"not a proof: it does not begin with {PROOF_HEADER} and an index")
    hashes = [decode_base64(line, 32) for line in found[2].split("\n")[1:]]
    index, checkpoint = int(found[1]), policy.open(note)
    check_inclusion(hashes, index, checkpoint.size, hash_leaf(entry), checkpoint.root)
    return index, checkpoint


def commit_field(blind: bytes, name: str, value: str) -> bytes:
    """The commitment to one field, from its blind; the value is the JSON text that was stored."""
    return hmac.digest(blind, f"oversight-ledger/v1 value\n{name}\n{value}".encode(), "sha256")


def digest_commitments(commitments: Mapping[str, bytes]) -> str:
    """What a leaf holds of its committed fields: one digest over all commitments, as hex."""
    lines = [f"{name} {commitments[name].hex()}\n" for name in sorted(commitments)]
    text = "".join(["oversight-ledger/v1 commitments\n", *lines])
    return hashlib.sha256(text.encode()).hexdigest()


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
        """Read ``size`` entries, comparing every tile; ``marked`` is the root of the first ``mark``."""
        self.directory, self.damage, self.marked = directory, "", EMPTY_ROOT
        edge = Edge(self._compare)
        while edge.size < size:
            number, width = edge.size // TILE, min(TILE, size - edge.size)
            path = tile_path("entries", number, width)
            for entry in parse_bundle(self._read(path), path, width):
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
        if published != hashes and not self.damage:
            starts = range(0, 2 * 32 * TILE, 32)
            at = next(i for i in starts if published[i : i + 32] != hashes[i : i + 32]) // 32
            place = f"the tree's level {level}" if level else f"entry {number * TILE + at}"
            self.damage = f"{place} and the published {path} do not agree"


def check_export(directory: Path, policy: Policy, old: Checkpoint | None = None) -> Checkpoint:
    """The signed checkpoint over every entry and tile, that continues ``old``; else Refuted."""
    new = policy.open((directory / "checkpoint").read_bytes())
    old = old or Checkpoint(new.origin, 0, EMPTY_ROOT, "")
    if new.origin != old.origin:
        raise Refuted(f"these are two records: {old.origin} and {new.origin}")
    if new.size < old.size:
        raise Refuted(f"the record shrank: {old.size} entries were signed, {new.size} are left")
    export = Export(directory, new.size, old.size)
    if export.marked != old.root:
        raise Refuted(f"the first {old.size} entries are not those that were signed then")
    if export.root != new.root:
        how = "the entries agree with the stored tree but not with the signed root, so "
        how = export.damage or how + "whoever changed the record also recomputed the tree"
        raise Refuted(f"the record was changed after it was signed: {how}")
    if export.damage:
        raise Refuted(f"the entries are those signed, but a file is forged: {export.damage}")
    return new


def check_views(checkpoints: Sequence[Checkpoint]) -> None:
    """Refuted where two checkpoints of one size differ: a split view. Unusable if no two are."""
    seen: dict[tuple[str, int], bytes] = {}
    for one in checkpoints:
        if seen.setdefault((one.origin, one.size), one.root) != one.root:
            what = f"{one.origin} signed two different records of {one.size} entries"
            raise Refuted(f"SPLIT VIEW: {what}; keep both files, they are the proof")
    if len(seen) == len(checkpoints):
        raise Unusable("they have different sizes, and none contradicts another; use consistency")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(named := dict(pairs)) < len(pairs):
        raise Unusable("something is named twice in the file, and readers could differ over it")
    return named


def check_bundle(data: bytes, policy: Policy) -> Mapping[int, Sequence[str]]:
    """Indexes of a bundle's entries, all proven, each with the documents it records; else Refuted."""
    bundle, recorded = json.loads(data, object_pairs_hook=_each_once), dict[int, str]()
    try:
        if bundle["format"] != BUNDLE_FORMAT or not bundle["entries"]:
            raise Unusable(f"not a bundle: it has not the format {BUNDLE_FORMAT}, or no entries")
        for item in bundle["entries"]:
            entry, opened = item["entry"].encode(), item["opened"]
            index, _ = check_proof(entry, item["proof"].encode(), policy)
            if opened:
                check_opening(entry, item["commitments"], opened)
            told = [item["entry"], *(one["value"] for one in opened.values())]
            recorded[index] = "\n".join([recorded.get(index, ""), *told])
        found: dict[int, list[str]] = {index: [] for index in recorded}
        for name, text in bundle["documents"].items():
            # A JSON text of its own: a digest that someone typed amid other words records nothing.
            digest = f'"(?:sha256:)?{hashlib.sha256(text.encode()).hexdigest()}"'
            if not (holding := [one for one in recorded if re.search(digest, recorded[one])]):
                raise Refuted(f"the document {name} is not the one that was recorded")
            found[holding[0]].append(name)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unusable(f"not a bundle: a part is missing or of another kind ({error})") from error
    return found


def _stand(one: Checkpoint) -> str:
    at = {who: datetime.fromtimestamp(seconds, UTC) for who, seconds in one.cosigned.items()}
    seen = ", ".join(f"{who} ({moment:%Y-%m-%d %H:%M UTC})" for who, moment in at.items())
    return f"{one.origin}, {one.size} entries; seen by {seen or 'no witness'}"


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
            one = check_export(directory, policy, old)
            return f"the first {old.size} entries are unchanged in {_stand(one)}"
        case ["split-view", Path(), Path(), *_]:
            check_views([policy.open(path.read_bytes()) for path in paths])
            return f"none of these {len(paths)} checkpoints contradicts another of its size"
        case ["bundle", Path() as file]:
            found = check_bundle(file.read_bytes(), policy).items()
            told = [f"{one} ({', '.join(names)})" if names else f"{one}" for one, names in found]
            return f"all documents are as recorded, in entries {', '.join(told)}"
    ways = re.findall(rf"python verifier\.py {re.escape(command)} .*?(?=  )", __doc__)
    raise Unusable(f"write it as: {ways[0]}" if ways else "no such command; see --help")


def main(arguments: Sequence[str]) -> int:
    """The command line; gives the exit code."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawTextHelpFormatter)
    parser.add_argument("command")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--policy", type=Path, help="default: policy.txt beside what is checked")
    given = parser.parse_args(arguments)
    try:
        where = given.paths[0] if given.paths[0].is_dir() else given.paths[0].parent
        keys = (given.policy or where / "policy.txt").read_text("utf-8")
        code, said = 0, f"VERIFIED: {run(given.command, given.paths, Policy.parse(keys))}."
    except Refuted as finding:
        code, said = 1, f"REFUTED: {finding}."
    except OSError as error:
        code, said = 2, f"CANNOT CHECK: {error.filename} cannot be read ({error.strerror})."
    except (ValueError, RecursionError) as error:
        what = "" if isinstance(error, Unusable) else "a file is damaged or of another kind: "
        code, said = 2, f"CANNOT CHECK: {what}{error}."
    if not given.policy and code == 0:
        said += "\nThe keys came with it: compare policy.txt with a copy from elsewhere."
    # Names come from the files: what could steer a screen, or not be shown on it, is spelled out.
    sys.stdout.write("".join(c if " " <= c <= "~" or c == "\n" else f"{c!a}" for c in f"{said}\n"))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
