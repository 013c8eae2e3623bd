"""One search: permitted, handed over, opened, run. Or failed. Each step is a row of its own."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.models.fields import (
    ClockTime,
    HalfVectorField,
    SnapshotField,
    TransactionIdField,
)
from recognition.models.gallery import FaceModel, Gallery, Subject
from recognition.models.probes import Probe


class Authorization(models.Model):
    """Single-use permission to run one search, and the outbox from which it is handed over."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, related_name="authorizations")
    probe_sha256 = models.CharField(max_length=64)
    face_index = models.PositiveSmallIntegerField()
    gallery = models.ForeignKey(Gallery, on_delete=models.PROTECT, related_name="authorizations")
    model = models.ForeignKey(FaceModel, on_delete=models.PROTECT, related_name="authorizations")
    candidate_limit = models.PositiveSmallIntegerField()
    expires_at = models.DateTimeField(db_index=True)
    ledger_index = models.BigIntegerField()
    created_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(candidate_limit__range=(2, 50)),
                name="recognition_authorization_2_to_50_candidates",
            ),
            models.CheckConstraint(
                condition=Q(ledger_index__gte=0), name="recognition_authorization_is_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"authorization {self.pk}"


class Handover(models.Model):
    """The id of an authorization, or of a probe to inspect, was given to the broker."""

    authorization = models.ForeignKey(
        Authorization, on_delete=models.PROTECT, null=True, related_name="handovers"
    )
    probe = models.ForeignKey(Probe, on_delete=models.PROTECT, null=True, related_name="handovers")
    handed_over_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(authorization__isnull=True, probe__isnull=False)
                | Q(authorization__isnull=False, probe__isnull=True),
                name="recognition_handover_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class Opening(models.Model):
    """The authorization was consumed. ``opened_by`` is the transaction that did it."""

    authorization = models.OneToOneField(
        Authorization, on_delete=models.PROTECT, primary_key=True, related_name="opening"
    )
    vector_sha256 = models.CharField(max_length=64)
    opened_by = TransactionIdField()
    opened_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"opening of {self.authorization}"


class Proof(models.Model):
    """The proof, as the worker demanded it before opening, that the authorization is recorded."""

    authorization = models.OneToOneField(
        Authorization, on_delete=models.PROTECT, primary_key=True, related_name="proof"
    )
    text = models.TextField()
    demanded_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"proof of {self.authorization}"


class OpeningVector(models.Model):
    """The probe's template. No role may read it; the two functions of the lock do."""

    opening = models.OneToOneField(Opening, on_delete=models.PROTECT, primary_key=True)
    vector = HalfVectorField()

    def __str__(self) -> str:
        return f"vector of {self.opening}"


class Run(models.Model):
    """The comparison itself, once for each authorization, and what it compared.

    With ``snapshot`` and the templates' ``inserted_by`` it can be made again over the gallery
    as it was.
    """

    id = models.UUIDField(primary_key=True)
    authorization = models.OneToOneField(Authorization, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    templates_compared = models.PositiveBigIntegerField()
    gallery_digest = models.CharField(max_length=64)
    model_sha256 = models.CharField(max_length=64)
    candidates_sha256 = models.CharField(max_length=64)
    candidate_count = models.PositiveSmallIntegerField()
    snapshot = SnapshotField()

    def __str__(self) -> str:
        return f"run {self.pk}"


class Candidate(models.Model):
    """A subject whose photograph is near enough to be looked at. The id says nothing of the rank.

    ``image_id`` is no foreign key: an image may be expunged, the run stays as it was.
    """

    id = models.UUIDField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="candidates")
    rank = models.PositiveSmallIntegerField()
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="+")
    image_id = models.BigIntegerField()
    distance = models.FloatField(help_text=_("pgvector's distance: smaller is more alike."))
    band = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "rank"], name="recognition_candidate_rank_once"),
            models.UniqueConstraint(
                fields=["run", "subject"], name="recognition_candidate_subject_once"
            ),
        ]

    def __str__(self) -> str:
        return f"candidate {self.pk}"


class Recall(models.Model):
    """The institution took the authorization back before it was opened, for good."""

    authorization = models.OneToOneField(
        Authorization, on_delete=models.PROTECT, primary_key=True, related_name="recall"
    )
    recalled_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"recall of {self.authorization}"


class Failure(models.Model):
    """The search will not be run: why. For good; a new request is needed."""

    authorization = models.OneToOneField(
        Authorization, on_delete=models.PROTECT, primary_key=True, related_name="failure"
    )
    code = models.CharField(max_length=40)
    failed_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"failure of {self.authorization}"
