"""Facts without identities, free text and times: what replay remembers its answers by.

Whatever is blanked has been found in order first; what is not in order is left as it is, or raises,
so that unusable facts are never taken for usable ones that look alike.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from oversight.policy.engine.fields import LONGEST, day_text, moment_or_day_text, moment_text
from oversight.policy.engine.request import authority_state, exigency_state, training_state

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]


def anonymous(document: Mapping[str, Any], day: date) -> Json:
    """The document as the rules of `day` may see it; equal results are judged alike.

    Raises `AttributeError`, `KeyError`, `TypeError` or `ValueError` for facts that are not in the
    form of the contract (though it does not find every fault).
    """
    at = datetime.fromisoformat(document["at"])
    blank = {**document, "at": "…"}
    if document.get("requester"):
        blank["requester"] = _requester(document["requester"], day)
    if document.get("approvals"):
        blank["approvals"] = [_approval(one, document, at) for one in document["approvals"]]
    if document.get("case"):
        blank["case"] = _blanked(document["case"], texts=("number",), days=("opened_on",))
    if document.get("predicate"):
        blank["predicate"] = _blanked(document["predicate"], texts=("facts",))
    if document.get("alternatives_tried"):
        blank["alternatives_tried"] = [_blank(text) for text in document["alternatives_tried"]]
    if document.get("authority"):
        blank["authority"] = _authority(document["authority"], at, day)
    if document.get("exigency"):
        blank["exigency"] = _exigency(document["exigency"], at)
    return blank


def _requester(requester: Json, day: date) -> Json:
    training = requester.get("training")
    if training:
        state = training_state(training, day)
        training = _blanked(training, texts=("course",), days=("completed_on", "expires_on"))
        training["state"] = state
    return {**_blanked(requester, texts=("id",)), "training": training}


def _approval(approval: Json, document: Mapping[str, Any], at: datetime) -> Json:
    given = datetime.fromisoformat(approval["at"]) <= at
    own = approval["id"] == document["requester"]["id"]
    return {**_blanked(approval, texts=("id",), moments=("at",)), "own": own, "given": given}


def _authority(authority: Json, at: datetime, day: date) -> Json:
    state = authority_state(authority, at, day)
    blank = _blanked(authority, texts=("issuer", "number"), terms=("valid_from", "valid_to"))
    return {**blank, "state": state}


def _exigency(exigency: Json, at: datetime) -> Json:
    state = exigency_state(exigency, at)
    blank = _blanked(exigency, texts=("facts", "authoriser"), moments=("started_at",))
    return {**blank, "state": state}


def _blanked(
    record: Json,
    *,
    texts: tuple[str, ...] = (),
    days: tuple[str, ...] = (),
    moments: tuple[str, ...] = (),
    terms: tuple[str, ...] = (),
) -> Json:
    """A copy in which these texts and times are blank; raises `FactsError` for bad ones.

    A term is a moment or a day.
    """
    blank = dict(record)
    for key in texts:
        blank[key] = _blank(record[key])
    for key in days:
        day_text(record[key], key)
        blank[key] = "…"
    for key in moments:
        moment_text(record[key], key)
        blank[key] = "…"
    for key in terms:
        moment_or_day_text(record[key], key)
        blank[key] = "…"
    return blank


def _blank(text: Any) -> Any:
    """A mark in the place of an ordinary text; what might be unusable is left as it is."""
    ordinary = isinstance(text, str) and text.strip() and text.isprintable() and len(text) < LONGEST
    return "…" if ordinary else text
