"""How photographs came into a gallery, and how they left it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from recognition.models.fields import ClockTime, CurrentTransaction, TransactionIdField
from recognition.models.gallery import FaceModel, Gallery, Subject


class EnrolmentBatch(models.Model):
    """One manifest for one gallery and model. Given again, it goes on where it stopped."""

    gallery = models.ForeignKey(Gallery, on_delete=models.PROTECT, related_name="batches")
    model = models.ForeignKey(FaceModel, on_delete=models.PROTECT, related_name="batches")
    manifest_sha256 = models.CharField(max_length=64)
    lines = models.PositiveIntegerField(help_text=_("Photographs that the manifest names."))
    started_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        verbose_name_plural = "enrolment batches"
        constraints = [
            models.UniqueConstraint(
                fields=["gallery", "model", "manifest_sha256"], name="recognition_batch_once"
            )
        ]

    def __str__(self) -> str:
        return f"batch {self.pk}"


class EnrolmentLine(models.Model):
    """What became of one line, committed with the template it made. ``code`` says why not."""

    batch = models.ForeignKey(EnrolmentBatch, on_delete=models.PROTECT, related_name="done")
    number = models.PositiveIntegerField(help_text=_("The line in the manifest, from 1."))
    code = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="recognition_line_once")
        ]

    def __str__(self) -> str:
        return f"line {self.number} of {self.batch}"


class Expungement(models.Model):
    """A subject taken out of a gallery: how much went, and by what authority."""

    subject = models.OneToOneField(Subject, on_delete=models.PROTECT)
    authority = models.CharField(max_length=300, help_text=_("The order or rule that asks it."))
    images = models.PositiveIntegerField()
    templates = models.PositiveIntegerField()
    expunged_by = TransactionIdField(db_default=CurrentTransaction())
    expunged_at = models.DateTimeField(db_default=ClockTime())

    def __str__(self) -> str:
        return f"expungement of {self.subject}"
