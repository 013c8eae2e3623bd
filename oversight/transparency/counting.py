"""One record for each request of a period, from this system and from before it, ready to count."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db.models import (
    BigIntegerField,
    Case,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    When,
)
from django.db.models.functions import Cast, Extract

from oversight.leads import figures as leads
from oversight.people.models import Person, Role
from oversight.requests import figures as requests
from oversight.requests.figures import Ending, SentRequest
from oversight.transparency.models import EarlierSearch

REFUSED_BEFORE: Final = "refused_before_adoption"
NOT_RUN_BEFORE: Final = "not_run_before_adoption"
"""How searches from before adoption ended that did not run; nobody here judged them."""

_REFUSALS: Final = frozenset({Ending.REFUSED_BY_GATE, Ending.REFUSED_BY_SUPERVISOR})
_CHUNK: Final = 10_000


class Outcome(StrEnum):
    """What came of a search that ran."""

    NO_CANDIDATE = "no_candidate"
    NO_LEAD = "no_lead"
    LEAD = "lead"
    UNDECIDED = "undecided"


class Fate(NamedTuple):
    """What became of a request. ``outcome`` is None unless the search ran."""

    ending: str
    refused: bool
    outcome: Outcome | None
    returned: bool = False
    approved: bool = False
    imported: bool = False


class Subject(NamedTuple):
    """Who was searched for, as a source from before adoption wrote it; None is a gap."""

    race: str | None
    sex: str | None
    age_band: str | None


class Counted(NamedTuple):
    """A request as the figures count it.

    ``waited`` is the time in seconds from the (last) sending to the supervisor's verdict, ``read``
    from opening the request to it. None where there was none, or nobody knows. ``request`` is its
    number here; None before adoption.
    """

    day: date
    agency: str
    unit: str | None
    use_type: str
    nibrs: str | None
    image_source: str | None
    fate: Fate
    reasons: Sequence[Mapping[str, Any]] = ()
    subject: Subject | None = None
    waited: int | None = None
    read: int | None = None
    request: int | None = None


def counted_requests(start: date, end: date) -> Iterator[Counted]:
    """Yield every request sent from ``start`` to before ``end``, each once."""
    yield from counted_here(start, end)
    yield from counted_before(start, end)


def counted_here(start: date, end: date) -> Iterator[Counted]:
    """Yield the requests that were sent in this system."""
    for batch in requests.batches(requests.requests_sent(start, end)):
        yield from _followed(batch)


def counted_before(start: date, end: date) -> Iterator[Counted]:
    """Yield the searches from before adoption. They change only when more are imported."""
    for row in _earlier(start, end).iterator(chunk_size=_CHUNK):
        yield _from_earlier(_Earlier._make(row))


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
        unit=sent.unit,
        use_type=sent.use_type or "unknown",
        nibrs=sent.nibrs,
        image_source=sent.image_source,
        fate=Fate(ending, ending in _REFUSALS, outcome, sent.returned, sent.approved),
        reasons=sent.reasons if ending == Ending.REFUSED_BY_GATE else (),
        waited=sent.waited,
        read=sent.read,
        request=sent.request,
    )


class _Earlier(NamedTuple):
    """What is read of an ``EarlierSearch``."""

    day: date
    agency: str | None
    unit: str | None
    purpose: str | None
    nibrs: str | None
    probe_source: str | None
    race: str | None
    sex: str | None
    age_band: str | None
    decision: str
    candidates: int | None
    lead: bool | None
    timed: bool
    waited: int | None
    why: list[str] | None


def _earlier(start: date, end: date) -> QuerySet[EarlierSearch, tuple[Any, ...]]:
    """Rows as ``_Earlier`` has them. Times become numbers in the database: there it is cheap."""
    refused = Case(When(decision=EarlierSearch.Decision.REFUSE, then=F("rules")))
    waited = ExpressionWrapper(F("signed_off_at") - F("requested_at"), DurationField())
    told = EarlierSearch.objects.filter(day__gte=start, day__lt=end).annotate(
        timed=Q(run_at__isnull=False),
        waited=Cast(Extract(waited, "epoch"), BigIntegerField()),
        why=refused,
    )
    return told.values_list(*_Earlier._fields)


def _from_earlier(told: _Earlier) -> Counted:
    ran = told.timed or bool(told.candidates) or bool(told.lead)
    candidates = None if told.candidates is None else told.candidates > 0
    refused = told.decision == EarlierSearch.Decision.REFUSE
    return Counted(
        day=told.day,
        agency=told.agency or "unknown",
        unit=told.unit,
        use_type=told.purpose or "unknown",
        nibrs=told.nibrs,
        image_source=told.probe_source,
        fate=_earlier_fate(refused, ran, candidates, told.lead),
        reasons=[{"rule": rule} for rule in told.why or ()],
        subject=Subject(told.race, told.sex, told.age_band),
        waited=told.waited,
    )


@lru_cache(maxsize=64)
def _earlier_fate(refused: bool, ran: bool, candidates: bool | None, lead: bool | None) -> Fate:
    if not ran:
        return Fate(REFUSED_BEFORE if refused else NOT_RUN_BEFORE, refused, None, imported=True)
    outcome = Outcome.UNDECIDED if lead is None else Outcome.NO_LEAD
    if lead:
        outcome = Outcome.LEAD
    elif candidates is False:
        outcome = Outcome.NO_CANDIDATE
    return Fate(Ending.RUN, refused, outcome, imported=True)
