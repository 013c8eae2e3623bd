"""Receipts and bundles: entries with proofs, chosen fields opened, and the documents they name.

One JSON file that anyone checks offline: ``python verifier.py bundle FILE --policy policy.txt``. A
receipt is a bundle of one entry, for the person who acted. Who may have which field opened is
decided by the room that asks; giving a bundle away is an ``entry-read`` of its own, or an event of
that room.
"""

import json
from collections.abc import Mapping, Sequence

from django.db.transaction import atomic

from oversight.ledger.configuration import Configuration
from oversight.ledger.proofs import NotYetSignedError, prove
from oversight.ledger.selectors import commitments_of, open_fields
from oversight.ledger.services import open_entry
from oversight.ledger.verifier import BUNDLE_FORMAT, Policy, check_bundle

_ABOUT = (
    "Check this file without the city: python verifier.py bundle FILE --policy policy.txt. Take "
    "policy.txt from somewhere other than this file."
)


def make_bundle(
    *,
    entries: Mapping[int, Sequence[str]],
    documents: Mapping[str, str] | None = None,
    absent: Mapping[str, str] | None = None,
) -> str:
    """The bundle of some entries, as JSON text; it is verified before it is given away.

    Args:
        entries: index of each entry, and the committed fields of it to open; of a sealed entry
            nothing can be opened, and nothing is.
        documents: name and text of each document whose SHA-256 (hex) an opened or public field
            holds, such as the facts of a decision.
        absent: name of each document that belongs to it and cannot be given, and why.

    Raises:
        NotYetSignedError: a checkpoint does not cover one of the entries yet.
        verifier.Refuted: a document is not what was recorded, or the record is damaged.
    """
    configuration = Configuration.from_settings()
    try:
        policy = configuration.policy()
        items = [_item(index, names, configuration, policy) for index, names in entries.items()]
    except FileNotFoundError as error:  # nothing is published, or a partial tile was just replaced
        raise NotYetSignedError("no checkpoint is published, or one is just being") from error
    bundle = {
        "format": BUNDLE_FORMAT,
        "about": _ABOUT,
        "entries": items,
        "documents": dict(documents or {}),
        "absent": dict(absent or {}),
    }
    text = json.dumps(bundle, ensure_ascii=False, indent=1)
    check_bundle(text.encode(), policy)
    return text


@atomic
def open_with_proof(*, index: int, names: Sequence[str], reader: str, purpose: str) -> str:
    """Chosen fields of one entry as a bundle, for a court; that ``reader`` took them is an entry.

    The other fields stay closed: their commitments are in it, and tell nothing.

    Raises:
        NotYetSignedError: no checkpoint covers the entry yet; then nothing is recorded.
        RecordError: no purpose is given.
    """
    open_entry(index=index, names=names, reader=reader, purpose=purpose)
    return make_bundle(entries={index: names})


def _item(
    index: int, names: Sequence[str], configuration: Configuration, policy: Policy
) -> dict[str, object]:
    proof = prove(index, configuration.published, policy)
    return {
        "entry": proof.entry.decode(),
        "proof": proof.text,
        "commitments": {name: value.hex() for name, value in commitments_of(index).items()},
        "opened": {one.name: one.as_json() for one in open_fields(index, list(names))},
    }
