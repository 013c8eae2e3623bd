"""Models, galleries, subjects, their photographs, and the templates that nobody may read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recognition.models.fields import (
    ClockTime,
    CurrentTransaction,
    HalfVectorField,
    SealedFields,
    TransactionIdField,
)


class FaceModel(models.Model):
    """A face model as its record describes it. A changed pack is another model."""

    class Metric(models.TextChoices):
        L2 = "l2", _("Euclidean distance")
        COSINE = "cosine", _("cosine")

    slug = models.SlugField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=50)
    licence = models.CharField(max_length=200)
    pack_sha256 = models.CharField(max_length=64, unique=True)
    metric = models.CharField(max_length=8, choices=Metric.choices)
    dimension = models.PositiveSmallIntegerField()
    strong = models.FloatField(help_text=_("Limit of strong support, in the model's metric."))
    limited = models.FloatField(help_text=_("Limit of limited support."))
    candidate = models.FloatField(help_text=_("What does not reach it is no candidate."))
    evaluation_only = models.BooleanField()
    record = models.JSONField()
    registered_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        db_table = "recognition_model"
        constraints = [
            models.CheckConstraint(
                condition=Q(metric__in=["l2", "cosine"]), name="recognition_model_metric_known"
            ),
            models.CheckConstraint(
                condition=Q(pack_sha256__regex=r"^[0-9a-f]{64}$"),
                name="recognition_model_digest_is_sha256",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Activation(models.Model):
    """From now on new searches use this model; the latest row counts."""

    model = models.ForeignKey(FaceModel, on_delete=models.PROTECT, related_name="activations")
    activated_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"{self.model} from {self.activated_at}"


class Gallery(models.Model):
    """A collection of photographs under one custodian."""

    class Kind(models.TextChoices):
        BOOKING = "booking", _("Booking photographs")
        DRIVER_LICENCE = "driver_licence", _("Driver licences")
        SCRAPED_WEB = "scraped_web", _("Collected from the web")
        OPEN_SOURCE = "open_source", _("Open sources")
        MISSING_PERSONS = "missing_persons", _("Missing persons")

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    custodian = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        verbose_name_plural = "galleries"

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """A person in a gallery, known by the custodian's reference; none once expunged."""

    gallery = models.ForeignKey(Gallery, on_delete=models.PROTECT, related_name="subjects")
    reference = models.CharField(max_length=100, null=True)
    enrolled_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gallery", "reference"], name="recognition_subject_once_in_a_gallery"
            )
        ]

    def __str__(self) -> str:
        return f"subject {self.pk}"


class Image(models.Model):
    """A photograph of a subject and where it comes from. ``sha256`` is that of the file."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="images")
    gallery = models.ForeignKey(Gallery, on_delete=models.PROTECT, db_index=False)
    sha256 = models.CharField(max_length=64)
    media_type = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300)
    captured_on = models.DateField(null=True)
    synthetic = models.BooleanField(default=False, help_text=_("A template without any person."))
    enrolled_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gallery", "sha256"], name="recognition_image_once_in_a_gallery"
            )
        ]

    def __str__(self) -> str:
        return f"image {self.pk}"


class SealedPhotograph(SealedFields):
    """The photograph itself as examiners see it: the face of a subject, sealed."""

    image = models.OneToOneField(Image, on_delete=models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return f"photograph {self.pk}"


class Template(models.Model):
    """The vector of one photograph in one model. Read by ``run_search`` alone.

    ``gallery`` and ``subject`` repeat what the image says, so that a scan needs one table; a
    trigger keeps them true. ``inserted_by`` tells later which templates a run could see.
    """

    pk = models.CompositePrimaryKey("image_id", "model_id")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, db_index=False)
    model = models.ForeignKey(
        FaceModel, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    gallery = models.ForeignKey(
        Gallery, on_delete=models.PROTECT, db_index=False, db_constraint=False
    )
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, db_constraint=False)
    embedding = HalfVectorField()
    inserted_by = TransactionIdField(db_default=CurrentTransaction())

    class Meta:
        indexes = [models.Index(fields=["gallery", "model"], name="recognition_template_scope")]

    def __str__(self) -> str:
        return f"template of image {self.image_id}"
