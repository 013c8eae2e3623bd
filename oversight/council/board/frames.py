"""The frame of a sample: the requests of a period, each by the entry that tells of its first sending.

An entry's index says nothing of a case, so the frame can be published, and anyone can find its
entries in the record. Searches from before adoption have no entries and are in no frame.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models.fields.json import KT
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.council.data import read_data
from oversight.ledger.selectors import values_told
from oversight.requests.events import SUBMITTED
from oversight.requests.figures import batches, day_in, window
from oversight.requests.models import Submission

TRAITS: Final[Mapping[str, str | Promise]] = {
    "quick_sign_off": _("Signed off within a minute of opening it"),
    "social_media": _("The picture comes from social media"),
    "protected_context": _("The picture was taken at a protest, a place of worship or the like"),
    "emergency": _("An emergency was claimed"),
    "repeated_case": _("The same case number was used several times"),
    "lead": _("It ended in a lead"),
}
"""What adds to the weight of a request, in words; how much stands in ``data/weights.toml``."""


@dataclass(frozen=True, slots=True)
class Framed:
    """One request of a frame: the entry of its first sending, its number, its weight."""

    entry: int
    request: int
    weight: int


@dataclass(frozen=True, slots=True)
class Frame:
    """``left_out`` counts requests whose entry was sealed: they cannot be named any more."""

    members: tuple[Framed, ...]
    left_out: int


def frame_of(since: date, until: date, *, weighted: bool) -> Frame:
    """Return all requests first sent from ``since`` to before ``until``, by entry."""
    first = _first_sendings(since, until)
    entries = _entries_of(set(first))
    requests = {first[submission]: entry for submission, entry in entries.items()}
    weights = _weights(requests) if weighted else dict.fromkeys(requests, 1)
    members = [Framed(entry, request, weights[request]) for request, entry in requests.items()]
    members.sort(key=lambda member: member.entry)
    return Frame(tuple(members), len(first) - len(members))


def _first_sendings(since: date, until: date) -> dict[int, int]:
    rows = Submission.objects.filter(
        sequence=1, submitted_at__range=window(since, until)
    ).values_list("id", "request_id", "submitted_at", "request__agency__time_zone")
    return {
        submission: request
        for submission, request, moment, zone in rows.iterator()
        if since <= day_in(moment, zone) < until
    }


def _entries_of(submissions: set[int]) -> dict[int, int]:
    """Submission -> index of its entry."""
    told = values_told(SUBMITTED, "submission")
    return {int(str(value)): index for index, value in told if value in submissions}


def _weights(requests: Iterable[int]) -> dict[int, int]:
    adds = {trait: int(row["adds"]) for trait, row in read_data("weights").items()}
    traits = traits_of(requests)
    return {request: 1 + sum(adds[trait] for trait in found) for request, found in traits.items()}


def traits_of(requests: Iterable[int]) -> dict[int, set[str]]:
    """Return which traits each request has, over all its sendings."""
    rows = [row for chunk in batches(sorted(requests)) for row in _sendings(chunk)]
    cases = Counter(
        case for _request, case in {(row["request_id"], row["case"]) for row in rows} if case
    )
    found: dict[int, set[str]] = {}
    for row in rows:
        found.setdefault(row["request_id"], set()).update(_traits(row, cases))
    return found


def _sendings(requests: list[int]) -> Iterable[Mapping[str, Any]]:
    return Submission.objects.filter(request_id__in=requests).values(
        "request_id",
        "answers__exigency",
        "answers__capture_context",
        "sign_off__verdict",
        "sign_off__opened_at",
        "sign_off__signed_at",
        "comparison__result__kind",
        case=KT("answers__case_number"),
        source=KT("answers__source"),
    )


def _traits(row: Mapping[str, Any], cases: Mapping[str, int]) -> set[str]:
    rules = read_data("weights")
    holds = {
        "quick_sign_off": row["sign_off__verdict"] == "approved"
        and _seconds(row["sign_off__opened_at"], row["sign_off__signed_at"])
        < rules["quick_sign_off"]["seconds"],
        "social_media": row["source"] == "social_media",
        "protected_context": bool(row["answers__capture_context"]),
        "emergency": bool(row["answers__exigency"]),
        "repeated_case": cases.get(row["case"], 0) >= rules["repeated_case"]["times"],
        "lead": row["comparison__result__kind"] == "lead",
    }
    return {trait for trait, held in holds.items() if held}


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()
