"""Reads of comparisons. The viewer comes first; what they may not see does not exist for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from oversight.leads.agreement import examiners_wanted
from oversight.leads.models import Comparison, Conclusion, Examination, Judgement, Result
from oversight.people.models import Person
from recognition.gateway import candidates


def waiting_for(viewer: Person) -> list[Comparison]:
    """Return the comparisons that the viewer may start, oldest first.

    Of their agency; neither asked for nor signed off by them; and never which round it is: that
    a third examiner is wanted would tell that two disagreed.
    """
    now = timezone.now()
    return [each for each in _open_to(viewer).order_by("run_at", "run") if has_room(each, now)]


def comparison_for(viewer: Person, run: UUID) -> Comparison:
    """Return a comparison that waits for the viewer.

    Raises:
        Comparison.DoesNotExist: there is none, or not for them.
    """
    comparison = _open_to(viewer).get(run=run)
    if not has_room(comparison, timezone.now()):
        raise Comparison.DoesNotExist
    return comparison


def _open_to(viewer: Person) -> QuerySet[Comparison]:
    return (
        _comparisons()
        .filter(
            submission__request__agency=viewer.agency_id, candidate_count__gt=0, result__isnull=True
        )
        .exclude(submission__request__requester=viewer)
        .exclude(submission__sign_off__supervisor=viewer)
        .exclude(examinations__examiner=viewer)
    )


def has_room(comparison: Comparison, now: datetime) -> bool:
    """Tell whether one more examiner is wanted; an examination that has lapsed leaves its place."""
    named = named_in(comparison)
    counted = [e for e in comparison.examinations.all() if not is_vacant(e, now)]
    return len(counted) < examiners_wanted(named)


def is_vacant(examination: Examination, now: datetime) -> bool:
    """Tell whether the examination was handed back, or has lapsed and may be taken over."""
    if hasattr(examination, "conclusion"):
        return False
    lapsed = examination.started_at <= now - settings.EXAMINATION_LIFETIME
    return hasattr(examination, "release") or lapsed


def named_in(comparison: Comparison) -> list[UUID | None]:
    """Return what each concluded examination names, from prefetched rows."""
    return [
        examination.conclusion.candidate
        for examination in comparison.examinations.all()
        if hasattr(examination, "conclusion")
    ]


def examinations_of(viewer: Person) -> list[Examination]:
    """Return the viewer's examinations that are still open, oldest first."""
    return list(
        _examinations()
        .filter(examiner=viewer, conclusion__isnull=True, release__isnull=True)
        .order_by("started_at")
    )


def examination_of(viewer: Person, key: UUID) -> Examination:
    """Return the viewer's own examination, open or closed.

    Raises:
        Examination.DoesNotExist: there is none, or it is someone else's.
    """
    return _examinations().get(examiner=viewer, key=key)


def begun_by(viewer: Person, run: UUID) -> Examination:
    """Return the viewer's examination of a run.

    Raises:
        Examination.DoesNotExist: they have begun none.
    """
    return _examinations().get(examiner=viewer, comparison=run)


@dataclass(frozen=True, slots=True)
class Place:
    """A candidate's place in one examiner's order, and what they recorded of it so far."""

    position: int
    candidate: UUID
    has_image: bool
    judgement: Judgement | None


def places_of(examination: Examination) -> list[Place]:
    """Return the candidates in this examiner's own order, positions counted from 1.

    The machine gives them strongest first; they are put in an order without meaning (that of
    their random ids) and then shuffled by the examination's seed, so that nothing of the rank is
    left and the same examiner always finds the same order.
    """
    found = sorted(candidates(examination.comparison_id), key=lambda each: each.id)
    # No secret hangs on the order; it must be the same at each view.
    Random(examination.seed).shuffle(found)  # noqa: S311  (not a secret)
    recorded = {judgement.candidate: judgement for judgement in examination.judgements.all()}
    return [
        Place(position, each.id, each.has_image, recorded.get(each.id))
        for position, each in enumerate(found, start=1)
    ]


def result_for(viewer: Person, key: UUID) -> Result:
    """Return the result of the viewer's own request, by the request's key.

    Raises:
        Result.DoesNotExist: there is none (yet), or the request is someone else's.
    """
    return Result.objects.select_related(
        "acknowledgement",
        "comparison__submission__request__requester__agency",
        "comparison__submission__request__agency",
        "comparison__submission__sign_off__supervisor",
    ).get(
        comparison__submission__request__key=key, comparison__submission__request__requester=viewer
    )


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """How often an examiner's conclusion was the one that the result followed. No names."""

    concluded: int
    with_result: int
    followed: int


def own_record(viewer: Person) -> OwnRecord:
    """Return the viewer's own agreement statistics."""
    concluded = list(
        Conclusion.objects.filter(examination__examiner=viewer).select_related(
            "judgement", "examination__comparison__result"
        )
    )
    ended = [
        (each.candidate, each.examination.comparison.result.candidate)
        for each in concluded
        if hasattr(each.examination.comparison, "result")
    ]
    return OwnRecord(len(concluded), len(ended), sum(named == reached for named, reached in ended))


def comparisons_of(authorizations: Sequence[UUID]) -> list[Comparison]:
    """Return the comparisons of these authorizations with their results and requests."""
    return list(
        Comparison.objects.filter(authorization__in=authorizations).select_related(
            "result", "submission__request"
        )
    )


def _comparisons() -> QuerySet[Comparison]:
    return Comparison.objects.select_related(
        "submission__request__agency",
        "submission__request__requester__agency",
        "submission__sign_off__supervisor",
    ).prefetch_related(
        Prefetch(
            "examinations",
            Examination.objects.select_related("conclusion__judgement", "release"),
        )
    )


def _examinations() -> QuerySet[Examination]:
    return Examination.objects.select_related(
        "examiner__agency",
        "conclusion__judgement",
        "release",
        "comparison__submission__request__agency",
        "comparison__submission__request__requester__agency",
        "comparison__submission__sign_off__supervisor",
    ).prefetch_related("judgements")
