"""One record for each request of a period, from this system and from before it, ready to count."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from oversight.leads import figures as leads
from oversight.people.models import Person, Role
from oversight.requests import figures as requests
from oversight.requests.figures import Ending, SentRequest
from oversight.transparency.models import EarlierSearch

REFUSED_BEFORE: Final = "refused_before_adoption"
NOT_RUN_BEFORE: Final = "not_run_before_adoption"
"""How searches from before adoption ended that did not run; nobody here judged them."""

_COUNTED_FIELDS: Final = (
    *("day", "agency", "purpose", "nibrs", "probe_source", "race", "sex", "age_band"),
    *("decision", "rules", "run_at", "candidates", "lead"),
)
_REFUSALS: Final = frozenset({Ending.REFUSED_BY_GATE, Ending.REFUSED_BY_SUPERVISOR})


class Outcome(StrEnum):
    """What came of a search that ran."""

    NO_CANDIDATE = "no_candidate"
    NO_LEAD = "no_lead"
    LEAD = "lead"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Counted:
    """A request as the figures count it. ``outcome`` is None unless the search ran."""

    day: date
    agency: str
    use_type: str
    nibrs: str | None
    image_source: str | None
    ending: str
    refused: bool
    outcome: Outcome | None
    returned: bool = False
    approved: bool = False
    reasons: tuple[Mapping[str, Any], ...] = ()
    imported: bool = False
    subject: Mapping[str, str | None] | None = None


def counted_requests(start: date, end: date) -> Iterator[Counted]:
    """Yield every request sent from ``start`` to before ``end``, each once."""
    for batch in requests.batches(requests.requests_sent(start, end)):
        yield from _followed(batch)
    earlier = EarlierSearch.objects.filter(day__gte=start, day__lt=end).only(*_COUNTED_FIELDS)
    for search in earlier.iterator(chunk_size=2000):
        yield _from_earlier(search)


def people_with_access(day: date) -> int:
    """Count the active accounts that hold a role in the making of a search on that day."""
    return (
        Person.objects.filter(
            Q(role_grants__held_until__isnull=True) | Q(role_grants__held_until__gt=day),
            is_active=True,
            role_grants__held_from__lte=day,
            role_grants__role__in=[Role.OFFICER, Role.SUPERVISOR, Role.EXAMINER],
        )
        .distinct()
        .count()
    )


def _followed(batch: list[SentRequest]) -> Iterator[Counted]:
    approved = [sent for sent in batch if sent.authorization]
    results = leads.results_of(sent.submission for sent in approved)
    waiting = [s.authorization for s in approved if s.submission not in results and s.authorization]
    endings = requests.search_endings(waiting)
    for sent in batch:
        yield _from_request(sent, results, endings)


def _from_request(
    sent: SentRequest, results: Mapping[int, str | None], endings: Mapping[UUID, Ending]
) -> Counted:
    ending, outcome = sent.ending, None
    if sent.submission in results:
        ending = Ending.RUN
        outcome = Outcome(results[sent.submission] or Outcome.UNDECIDED)
    elif ending == Ending.OPEN and sent.authorization is not None:
        ending = endings[sent.authorization]
    return Counted(
        day=sent.day,
        agency=sent.agency,
        use_type=sent.use_type or "unknown",
        nibrs=sent.nibrs,
        image_source=sent.image_source,
        ending=ending,
        refused=ending in _REFUSALS,
        outcome=outcome,
        returned=sent.returned,
        approved=sent.approved,
        reasons=sent.reasons if ending == Ending.REFUSED_BY_GATE else (),
    )


def _from_earlier(search: EarlierSearch) -> Counted:
    refused = search.decision == EarlierSearch.Decision.REFUSE
    ran = search.run_at is not None or bool(search.candidates) or bool(search.lead)
    ending = Ending.RUN if ran else (REFUSED_BEFORE if refused else NOT_RUN_BEFORE)
    return Counted(
        day=search.day,
        agency=search.agency or "unknown",
        use_type=search.purpose or "unknown",
        nibrs=search.nibrs,
        image_source=search.probe_source,
        ending=ending,
        refused=refused,
        outcome=_earlier_outcome(search) if ran else None,
        reasons=tuple({"rule": rule} for rule in search.rules) if refused else (),
        imported=True,
        subject={"race": search.race, "sex": search.sex, "age_band": search.age_band},
    )


def _earlier_outcome(search: EarlierSearch) -> Outcome:
    if search.lead:
        return Outcome.LEAD
    if search.candidates == 0:
        return Outcome.NO_CANDIDATE
    return Outcome.UNDECIDED if search.lead is None else Outcome.NO_LEAD
