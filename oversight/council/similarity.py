"""Which texts say the same: form letters found by MinHash, exactly alike at every run.

A text is taken as the set of its runs of three words, without case and punctuation. The share of
runs that two texts have in common (Jaccard) is estimated from 128 minima of a seeded hash
(A. Broder, "On the resemblance and containment of documents", 1997). Texts at or above ``THRESHOLD``
are joined, and so is whatever is joined to one of them. Letters of a page that differ in a sentence
each share half of their runs or more; texts by different people about one thing share hardly any.

Pairs worth comparing are found by bands of two minima: two texts at the threshold share a band with
probability 0.9998, and which pairs do is fixed by the seed. So the groups do not depend on the order
in which the texts came.

No Django, no clock.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SEED: Final = 41
PERMUTATIONS: Final = 128
RUN: Final = 3
"""Words in a run."""
THRESHOLD: Final = 0.35
"""Share of runs in common from which on two texts count as one letter."""

_ROWS: Final = 2
_BANDS: Final = PERMUTATIONS // _ROWS
_WORD: Final = re.compile(r"\w+")

Minima = NDArray[np.uint32]


def signature_of(text: str) -> bytes:
    """The 128 minima of a text, 4 bytes each, the most significant first."""
    minima = MinHash(num_perm=PERMUTATIONS, seed=SEED)
    minima.update_batch([run.encode() for run in runs_of(text)])
    return bytes(minima.hashvalues.astype(">u4").tobytes())


def runs_of(text: str) -> set[str]:
    """Every run of three words; of a text with fewer, the whole."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    if len(words) < RUN:
        return {" ".join(words)}
    return {" ".join(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def resemblance(one: bytes, other: bytes) -> float:
    """The estimated share of runs in common, from 0 to 1."""
    return float(np.mean(_minima([one]) == _minima([other])))


def groups_of(signatures: Mapping[int, bytes]) -> dict[int, int]:
    """From the number of each text to the smallest number in its group."""
    alike: dict[bytes, list[int]] = defaultdict(list)
    for number in sorted(signatures):
        alike[signatures[number]].append(number)
    numbers = list(alike.values())
    leaders = _joined(_minima(alike))
    smallest: dict[int, int] = {}
    for same, leader in zip(numbers, leaders, strict=True):
        smallest[leader] = min(smallest.get(leader, same[0]), same[0])
    return {
        number: smallest[leader]
        for same, leader in zip(numbers, leaders, strict=True)
        for number in same
    }


def _minima(signatures: Iterable[bytes]) -> Minima:
    rows = [np.frombuffer(signature, dtype=">u4") for signature in signatures]
    return np.array(rows, dtype=np.uint32).reshape(len(rows), PERMUTATIONS)


def _joined(minima: Minima) -> list[int]:
    """For each row the root of its component."""
    roots = list(range(len(minima)))
    for band in range(_BANDS):
        columns = minima[:, band * _ROWS : (band + 1) * _ROWS]
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for row, key in enumerate(columns):
            buckets[key.tobytes()].append(row)
        for bucket in buckets.values():
            _join(bucket, minima, roots)
    return [_root(roots, row) for row in range(len(minima))]


def _join(bucket: list[int], minima: Minima, roots: list[int]) -> None:
    """Join what is alike enough in a bucket, part by part; a part that is joined is not compared."""
    parts: dict[int, list[int]] = defaultdict(list)
    for row in bucket:
        parts[_root(roots, row)].append(row)
    while len(parts) > 1:
        _root_of_part, reached = parts.popitem()
        while reached and parts:
            row = reached.pop()
            others = [(root, other) for root, rows in parts.items() for other in rows]
            shares = np.mean(minima[[other for _, other in others]] == minima[row], axis=1)
            for root in {others[i][0] for i in np.flatnonzero(shares >= THRESHOLD)}:
                roots[root] = _root(roots, row)
                reached += parts.pop(root)


def _root(roots: list[int], row: int) -> int:
    while roots[row] != row:
        roots[row] = roots[roots[row]]
        row = roots[row]
    return row
