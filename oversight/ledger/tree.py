"""Proofs over the tree: making them from tiles, and checking that one tree continues another."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from oversight.ledger.verifier import (
    EMPTY_ROOT,
    TILE,
    Checkpoint,
    Refuted,
    fold,
    hash_children,
    tile_path,
)

_TILE_LEVELS = 8  # levels of the tree in one tile: 2 ** 8 hashes


class TileTree:
    """The tree of ``size`` entries whose tiles ``read(path)`` gives, as bytes.

    The tiles are believed: check what comes out of them against a signed root before giving it away.
    """

    def __init__(self, read: Callable[[str], bytes], size: int) -> None:
        """Nothing is read yet."""
        self.size = size
        self._read = lru_cache(maxsize=64)(read)

    def prove_inclusion(self, index: int) -> list[bytes]:
        """The hashes that lead from entry ``index`` to the root (RFC 9162 section 2.1.3.1)."""
        if not 0 <= index < self.size:
            raise Refuted(f"entry {index} is not in a record of {self.size} entries")
        return self._path(index, 0, self.size)

    def prove_consistency(self, old_size: int) -> list[bytes]:
        """The hashes that show the first ``old_size`` entries unchanged (RFC 9162 2.1.4.1)."""
        if not 0 <= old_size <= self.size:
            raise Refuted(f"a record of {self.size} entries does not continue one of {old_size}")
        return self._growth(old_size, 0, self.size, whole=True) if old_size else []

    def root_at(self, old_size: int) -> bytes:
        """The root over the first ``old_size`` entries, as a checkpoint of that size would state it."""
        if not 0 <= old_size <= self.size:
            raise Refuted(f"a record of {self.size} entries had none of {old_size}")
        return self._root(0, old_size) if old_size else EMPTY_ROOT

    def _path(self, index: int, low: int, high: int) -> list[bytes]:
        if high - low == 1:
            return []
        middle = low + _split(high - low)
        if index < middle:
            return [*self._path(index, low, middle), self._root(middle, high)]
        return [*self._path(index, middle, high), self._root(low, middle)]

    def _growth(self, old: int, low: int, high: int, *, whole: bool) -> list[bytes]:
        if old == high:
            return [] if whole else [self._root(low, high)]
        middle = low + _split(high - low)
        if old <= middle:
            return [*self._growth(old, low, middle, whole=whole), self._root(middle, high)]
        return [*self._growth(old, middle, high, whole=False), self._root(low, middle)]

    def _root(self, low: int, high: int) -> bytes:
        """The root over entries low to high, where low is a multiple of the power of two below."""
        size = high - low
        if size & (size - 1):
            middle = low + _split(size)
            return hash_children(self._root(low, middle), self._root(middle, high))
        tile_level, within = divmod(size.bit_length() - 1, _TILE_LEVELS)
        number, start = divmod(low >> _TILE_LEVELS * tile_level, TILE)
        return fold(self._hashes(tile_level, number)[start : start + 2**within])

    def _hashes(self, level: int, number: int) -> list[bytes]:
        width = min(TILE, (self.size >> _TILE_LEVELS * level) - number * TILE)
        path = tile_path(level, number, width)
        data = self._read(path)
        if len(data) != width * len(EMPTY_ROOT):
            raise Refuted(f"{path} is damaged: it has not {width} hashes")
        return [data[at : at + 32] for at in range(0, len(data), 32)]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def check_consistency(proof: Sequence[bytes], old: Checkpoint, new: Checkpoint) -> None:
    """Refuted unless the record of ``new`` begins with that of ``old`` (RFC 9162 2.1.4.2)."""
    if old.size > new.size:
        raise Refuted(f"the record shrank from {old.size} to {new.size} entries")
    if old.size == new.size and old.root != new.root:
        raise Refuted(f"two different records of {old.size} entries")
    if old.size in (0, new.size):
        if proof:
            raise Refuted("the proof has spare hashes")
        return
    shift = (old.size & -old.size).bit_length() - 1
    path = list(proof) if old.size != 1 << shift else [old.root, *proof]
    last = old.size - 1
    inner = (last ^ (new.size - 1)).bit_length()
    if len(path) != 1 + inner - shift + (last >> inner).bit_count():
        raise Refuted("the proof has too few or spare hashes")
    old_seen = new_seen = path[0]
    for level, sibling in enumerate(path[1:], start=shift):
        if level >= inner or last >> level & 1:
            old_seen = hash_children(sibling, old_seen)
            new_seen = hash_children(sibling, new_seen)
        else:
            new_seen = hash_children(new_seen, sibling)
    if old_seen != old.root or new_seen != new.root:
        raise Refuted(f"the first {old.size} entries were changed since they were signed")


def tile_paths(size: int) -> Iterator[str]:
    """Every file, tiles and entry bundles, that a published tree of ``size`` entries consists of."""
    for level in range(8):
        width = size >> _TILE_LEVELS * level
        for number in range(-(-width // TILE)):
            part = min(TILE, width - number * TILE)
            yield tile_path(level, number, part)
            if level == 0:
                yield tile_path("entries", number, part)
