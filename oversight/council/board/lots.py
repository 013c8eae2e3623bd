"""Draw a sample again on your own machine, and see that nobody chose it.

One file; it needs Python 3.11 or newer and nothing else::

    python lots.py SAMPLE.json

SAMPLE.json is what the board published of a sample: the plan that was announced, with its frame
(entries of the record, each with its weight) and size; the digest of that plan, which the record
has held since the announcement; and the root of the record from which the lots were drawn. The root can be
checked against the record itself with its own verifier: it is that of the first ``tree_size``
entries, one more than there were when the sample had been announced.

How it is drawn. Members are drawn one after another without replacement, each with a chance
proportional to its weight among those that are left: successive sampling (Yates and Grundy,
"Selection without replacement from within strata with probability proportional to size", Journal
of the Royal Statistical Society B 15, 1953). With equal weights that is a simple random sample.
Lots are numbers from SHA-256 over the root, the digest of the announcement and a counter; a number
that would favour some members is thrown away. There is no rounding, and no order of rows but that
of the record.

Exit code 0: the same members come out; 1: others do; 2: the file cannot be used.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

DOMAIN = b"oversight/board-sample/v1"
_BITS = 256


def draw_members(
    *, weights: Mapping[int, int], size: int, root: bytes, announcement: bytes
) -> list[int]:
    """Return the members in the order of the draw: all of them where ``size`` asks for more.

    Args:
        weights: a whole number from 1 for each member of the frame, by its entry's index.
        size: how many to draw, from 1.
        root: 32 bytes, the root of the record.
        announcement: 32 bytes, the digest of what was announced.

    Raises:
        ValueError: no frame, a size or weight below 1, or a root that has not 32 bytes.
    """
    _check(weights, size, root, announcement)
    left = [(member, weights[member]) for member in sorted(weights)]
    lots = _lots(root, announcement)
    drawn: list[int] = []
    while left and len(drawn) < size:
        place = _place(_below(sum(weight for _, weight in left), lots), left)
        drawn.append(left.pop(place)[0])
    return drawn


def _check(weights: Mapping[int, int], size: int, root: bytes, announcement: bytes) -> None:
    if not weights or min(weights.values()) < 1:
        raise ValueError("a frame has at least one member, and every weight is at least 1")
    if size < 1:
        raise ValueError("a sample has at least one member")
    if len(root) != hashlib.sha256().digest_size or len(announcement) != len(root):
        raise ValueError("the root and the digest of the announcement have 32 bytes each")


def _lots(root: bytes, announcement: bytes) -> Iterator[int]:
    """Numbers below 2 ** 256, one after another."""
    counter = 0
    while True:
        counted = counter.to_bytes(8)
        yield int.from_bytes(hashlib.sha256(DOMAIN + root + announcement + counted).digest())
        counter += 1


def _below(limit: int, lots: Iterator[int]) -> int:
    """A number from 0 to before ``limit``, each as likely as the others."""
    fair = 2**_BITS // limit * limit
    return next(lot for lot in lots if lot < fair) % limit


def _place(ticket: int, left: Sequence[tuple[int, int]]) -> int:
    for place, (_member, weight) in enumerate(left):
        ticket -= weight
        if ticket < 0:
            return place
    raise AssertionError("a ticket lies below the sum of all weights")


def draw_again(published: Mapping[str, Any]) -> list[int]:
    """Return the members that the published facts of a sample lead to.

    Raises:
        KeyError, TypeError, ValueError: the facts are not those of a drawn sample.
    """
    plan = published["plan"]
    digest = digest_of_plan(plan)
    if digest != published["announcement"]:
        raise ValueError(f"the plan is not the one that was announced: its digest is {digest}")
    return draw_members(
        weights={int(entry): int(weight) for entry, weight in plan["frame"]},
        size=int(plan["size"]),
        root=bytes.fromhex(published["draw"]["root"]),
        announcement=bytes.fromhex(digest.removeprefix("sha256:")),
    )


def digest_of_plan(plan: Mapping[str, Any]) -> str:
    """``sha256:`` and the digest of a plan's canonical JSON (RFC 8785; it has no fractions)."""
    text = json.dumps(plan, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")


def main(arguments: Sequence[str]) -> int:
    """Run the check on a file; the answer is a sentence and an exit code."""
    try:
        (path,) = arguments
        published = json.loads(Path(path).read_text(encoding="utf-8"))
        members, told = draw_again(published), list(published["draw"]["members"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        _say(f"This file cannot be used: {error!r}. Give the JSON file of a drawn sample.")
        return 2
    if members != told:
        _say(f"REFUTED: these members come out: {members}; {told} were published.")
        return 1
    _say(f"Verified: the same {len(members)} members come out.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
