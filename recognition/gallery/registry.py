"""Which models and galleries there are. Runs as the enroller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.transaction import atomic

from recognition.models import Activation, FaceModel, Gallery

if TYPE_CHECKING:
    from recognition.engines import ModelRecord


def register_model(record: ModelRecord) -> FaceModel:
    """The row of this very pack, made when it is met first. The first model of all is active."""
    model, _made = FaceModel.objects.get_or_create(
        pack_sha256=record.pack_sha256,
        defaults={
            "slug": f"{record.id}-{record.pack_sha256[:12]}",
            "name": record.name,
            "version": record.version,
            "licence": record.licence,
            "metric": record.metric.value,
            "dimension": record.dimension,
            "strong": record.thresholds.strong,
            "limited": record.thresholds.limited,
            "candidate": record.thresholds.candidate,
            "evaluation_only": record.evaluation_only,
            "record": record.as_document(),
        },
    )
    if not Activation.objects.exists():
        activate_model(model=model)
    return model


def activate_model(*, model: FaceModel) -> None:
    """Let new searches use this model from now on."""
    Activation.objects.create(model=model)


@atomic
def open_gallery(*, slug: str, name: str, kind: str, custodian: str) -> tuple[Gallery, bool]:
    """The gallery of this slug, and whether it was made just now. What stands is not changed."""
    return Gallery.objects.get_or_create(
        slug=slug, defaults={"name": name or slug, "kind": kind, "custodian": custodian}
    )
