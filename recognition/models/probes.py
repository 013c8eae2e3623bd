"""Uploads, sealed as they came, and what the worker found in them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.models.fields import ClockTime, SealedFields


class Probe(models.Model):
    """An upload. ``claimed_type`` is what the browser said and is not believed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    sha256 = models.CharField(max_length=64)
    byte_size = models.PositiveIntegerField()
    claimed_type = models.CharField(max_length=100, blank=True)
    received_at = models.DateTimeField(db_default=ClockTime(), db_index=True)

    def __str__(self) -> str:
        return f"probe {self.pk}"


class ProbeImage(SealedFields):
    """One sealed picture of a probe: the original, the rendition, or one face."""

    class Kind(models.TextChoices):
        ORIGINAL = "original", _("as it came")
        RENDITION = "rendition", _("as pages show it")
        FACE = "face", _("one face")

    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="images")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    face_index = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["probe", "kind", "face_index"],
                nulls_distinct=False,
                name="recognition_probeimage_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="face", face_index__isnull=False)
                | Q(kind__in=["original", "rendition"], face_index__isnull=True),
                name="recognition_probeimage_face_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of probe {self.probe_id}"


class Inspection(models.Model):
    """What the worker found: a refusal, or the photograph's size and faces."""

    probe = models.OneToOneField(
        Probe, on_delete=models.PROTECT, primary_key=True, related_name="inspection"
    )
    refusal = models.CharField(max_length=40, blank=True)
    refusal_facts = models.JSONField(default=dict)
    media_type = models.CharField(max_length=40, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    faces = models.JSONField(default=list)
    pack_sha256 = models.CharField(max_length=64, help_text=_("The pack that found the faces."))
    inspected_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(refusal="", width__gt=0, height__gt=0) | (~Q(refusal="") & Q(faces=[])),
                name="recognition_inspection_refused_or_measured",
            )
        ]

    def __str__(self) -> str:
        return f"inspection of probe {self.probe_id}"
