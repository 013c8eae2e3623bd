"""Reads. Each gives the frozen types of ``exchange``, never a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, Sum
from django.utils import timezone

from recognition import custody, exchange
from recognition.authorization.failures import FailureCode, describe_failure
from recognition.engines import Band
from recognition.exchange import SearchStatus, Unknown
from recognition.models import (
    Activation,
    Authorization,
    Candidate,
    Expungement,
    FaceModel,
    Gallery,
    Inspection,
    Probe,
    Proof,
    Run,
    SealedPhotograph,
)
from recognition.refusals import ProbeRefused, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID


def inspection(probe_id: UUID) -> exchange.Inspection | None:
    """See ``gateway.inspection``."""
    found = Inspection.objects.filter(probe_id=probe_id).first()
    if found is None:
        probe_digest(probe_id)
        return None
    return exchange.Inspection(
        probe_id=probe_id,
        inspected_at=found.inspected_at,
        refusal=_probe_refusal(found.refusal, found.refusal_facts),
        media_type=found.media_type,
        width=found.width,
        height=found.height,
        faces=tuple(_face(index, face) for index, face in enumerate(found.faces)),
    )


def probe_digest(probe_id: UUID) -> str:
    """See ``gateway.probe_digest``."""
    digest = Probe.objects.filter(pk=probe_id).values_list("sha256", flat=True).first()
    if digest is None:
        raise Unknown("There is no such probe.")
    return digest


def search_states(authorization_ids: Iterable[UUID]) -> dict[UUID, exchange.SearchState]:
    """See ``gateway.search_states``."""
    wanted = set(authorization_ids)
    permits = (
        Authorization.objects.select_related("opening", "run", "failure", "recall")
        .annotate(handed_over_at=Max("handovers__handed_over_at"))
        .filter(pk__in=wanted)
    )
    states = {permit.pk: _state(permit, permit.handed_over_at) for permit in permits}
    if wanted - set(states):
        raise Unknown("There is no such authorization.")
    return states


def _state(permit: Authorization, handed_over_at: datetime | None) -> exchange.SearchState:
    opening, run = getattr(permit, "opening", None), getattr(permit, "run", None)
    failure, recall = getattr(permit, "failure", None), getattr(permit, "recall", None)
    return exchange.SearchState(
        authorization_id=permit.pk,
        status=_status(permit, handed_over_at),
        authorized_at=permit.created_at,
        expires_at=permit.expires_at,
        handed_over_at=handed_over_at,
        opened_at=opening and opening.opened_at,
        run_at=run and run.finished_at,
        recalled_at=recall and recall.recalled_at,
        failed_at=failure and failure.failed_at,
        failure=failure and describe_failure(failure.code),
    )


def run_of(authorization_id: UUID) -> exchange.RunSummary | None:
    """See ``gateway.run_of``."""
    run = (
        Run.objects.select_related(
            "authorization__gallery", "authorization__model", "authorization__opening"
        )
        .filter(authorization_id=authorization_id)
        .first()
    )
    if run is None:
        return None
    permit = run.authorization
    return exchange.RunSummary(
        id=run.pk,
        authorization_id=permit.pk,
        started_at=run.started_at,
        finished_at=run.finished_at,
        gallery=permit.gallery.slug,
        gallery_digest=run.gallery_digest,
        model=permit.model.slug,
        model_sha256=run.model_sha256,
        vector_sha256=permit.opening.vector_sha256,
        candidates_sha256=run.candidates_sha256,
        templates_compared=run.templates_compared,
        candidate_count=run.candidate_count,
    )


def proof_of(authorization_id: UUID) -> str | None:
    """See ``gateway.proof_of``."""
    proof = Proof.objects.filter(authorization_id=authorization_id)
    return proof.values_list("text", flat=True).first()


def candidates(run_id: UUID) -> tuple[exchange.CandidateSummary, ...]:
    """See ``gateway.candidates``."""
    held = SealedPhotograph.objects.filter(image_id=OuterRef("image_id"))
    found = tuple(
        exchange.CandidateSummary(pk, Band(band), has_image)
        for pk, band, has_image in Candidate.objects.filter(run_id=run_id)
        .order_by("rank")
        .values_list("pk", "band", Exists(held))
    )
    if not found and not Run.objects.filter(pk=run_id).exists():
        raise Unknown("There is no such run.")
    return found


def candidate_image(candidate_id: UUID) -> bytes | None:
    """See ``gateway.candidate_image``."""
    return custody.photograph(_candidate(candidate_id).image_id)


def candidate_reference(candidate_id: UUID) -> str | None:
    """See ``gateway.candidate_reference``."""
    return _candidate(candidate_id).subject.reference


def active_model() -> exchange.ModelSummary:
    """See ``gateway.active_model``."""
    model = current_model()
    return exchange.ModelSummary(
        slug=model.slug,
        name=model.name,
        version=model.version,
        licence=model.licence,
        evaluation_only=model.evaluation_only,
        sha256=model.pack_sha256,
    )


def current_model() -> FaceModel:
    """The row of the active model. Raises Unknown."""
    latest = Activation.objects.select_related("model").order_by("-pk").first()
    if latest is None:
        raise Unknown("No face model is active: enrol a gallery first.")
    return latest.model


def galleries(**only: str) -> tuple[exchange.GallerySummary, ...]:
    """See ``gateway.galleries``; ``only`` filters, as ``slug="booking"``."""
    active = Activation.objects.select_related("model").order_by("-pk").first()
    held = {
        gallery: templates
        for gallery, model, templates in template_counts()
        if active is not None and model == active.model_id
    }
    rows = Gallery.objects.filter(**only).annotate(
        held_subjects=Count("subjects", filter=Q(subjects__reference__isnull=False))
    )
    return tuple(
        exchange.GallerySummary(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            custodian=row.custodian,
            subjects=row.held_subjects,
            templates=held.get(row.pk, 0),
            model=active.model.slug if active else None,
        )
        for row in rows.order_by("name")
    )


def gallery_kind(slug: str) -> str:
    """See ``gateway.gallery_kind``."""
    kind = Gallery.objects.filter(slug=slug).values_list("kind", flat=True).first()
    if kind is None:
        raise Unknown(f"There is no gallery {slug!r}.")
    return kind


def gallery_summary(slug: str) -> exchange.GallerySummary:
    """See ``gateway.gallery_summary``."""
    for found in galleries(slug=slug):
        return found
    raise Unknown(f"There is no gallery {slug!r}.")


def template_counts() -> list[tuple[int, int, int]]:
    """Gallery, model, number of templates, for each pair that has any."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM recognition_template_counts()")
        rows: list[tuple[int, int, int]] = cursor.fetchall()
    return rows


def templates_purged(start: datetime, end: datetime) -> int:
    """How many templates were expunged from ``start`` to before ``end``."""
    purged = Expungement.objects.filter(expunged_at__gte=start, expunged_at__lt=end)
    return int(purged.aggregate(all=Sum("templates"))["all"] or 0)


def _candidate(candidate_id: UUID) -> Candidate:
    found = Candidate.objects.select_related("subject").filter(pk=candidate_id).first()
    if found is None:
        raise Unknown("There is no such candidate.")
    return found


def _status(permit: Authorization, handed_over_at: datetime | None) -> SearchStatus:
    failure = getattr(permit, "failure", None)
    if hasattr(permit, "run"):
        return SearchStatus.RUN
    if hasattr(permit, "recall"):
        return SearchStatus.RECALLED
    if failure is not None:
        expired = failure.code == FailureCode.EXPIRED
        return SearchStatus.EXPIRED if expired else SearchStatus.FAILED
    if hasattr(permit, "opening"):
        return SearchStatus.OPENED
    if permit.expires_at <= timezone.now():
        return SearchStatus.EXPIRED
    return SearchStatus.HANDED_OVER if handed_over_at else SearchStatus.WAITING


def _probe_refusal(code: str, facts: dict[str, Any]) -> exchange.Refusal | None:
    if not code:
        return None
    refused = ProbeRefused(Refusal(code), **facts)
    return exchange.Refusal(code, refused.message, refused.remedy)


def _face(index: int, face: dict[str, Any]) -> exchange.Face:
    left, top, right, bottom = face["box"]
    return exchange.Face(
        index=index,
        box=(left, top, right, bottom),
        landmarks=tuple((x, y) for x, y in face["landmarks"]),
        interocular_px=face["interocular_px"],
        quality=face["quality"],
        findings=tuple(face["findings"]),
        searchable=face["comparable"],
    )
