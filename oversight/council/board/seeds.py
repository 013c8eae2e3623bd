"""The root of the record from which a sample is drawn: of a size that the announcement fixed.

A sample that was announced by entry ``i`` is drawn from the record of ``i + 2`` entries: one more
than there were when everyone could know of it. Each entry holds commitments under a fresh random
key of the database's, so nobody at a page can know or choose that root; and no draw is made before
a signed checkpoint covers it, so nobody can change it afterwards.
"""

from dataclasses import replace

from oversight.council.board.models import Sample
from oversight.ledger.configuration import Configuration
from oversight.ledger.tree import TileTree, check_consistency
from oversight.ledger.verifier import Checkpoint


def tree_size_of(sample: Sample) -> int:
    """Return how many entries the record has from which the sample is drawn."""
    return sample.entry + 2


def signed_root(size: int) -> bytes | None:
    """Return the root over the first ``size`` entries; None until a signed checkpoint covers them.

    Raises:
        verifier.Refuted: the published record is damaged or not signed by its key.
    """
    configuration = Configuration.from_settings()
    published = configuration.published
    try:
        policy = replace(configuration.policy(), quorum="none")
        checkpoint = policy.open((published / "checkpoint").read_bytes())
    except FileNotFoundError:
        return None
    if checkpoint.size < size:
        return None
    tree = TileTree(lambda path: (published / path).read_bytes(), checkpoint.size)
    root = tree.root_at(size)
    earlier = Checkpoint(checkpoint.origin, size, root, "")
    check_consistency(tree.prove_consistency(size), earlier, checkpoint)
    return root
