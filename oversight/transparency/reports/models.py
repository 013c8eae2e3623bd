"""What people write for a report, what is filed, and the files it is read as. Inserted once."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Statement(models.Model):
    """A version of what a person wrote for one item of one report; the newest is the draft.

    An empty text takes back what stood before.
    """

    pack = models.CharField(max_length=40)
    period_from = models.DateField()
    period_to = models.DateField()
    item = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "period_from", "period_to", "item", "version"],
                name="transparency_statement_versions_are_counted",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="transparency_statement_versions_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack} {self.item}, version {self.version}"


class Report(models.Model):
    """A report as it was filed: its document, frozen with its digest, and the edition it is made from.

    A correction is a report of its own about the same period; ``digest`` is of the document's
    canonical JSON (RFC 8785). Nobody is in ``filed_by`` where an operator's command filed it.
    """

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    pack = models.CharField(_("kind"), max_length=40)
    period_from = models.DateField(_("first day"))
    period_to = models.DateField(_("day after the last"))
    due = models.DateField(_("due"))
    edition = models.ForeignKey(
        "transparency.Edition", on_delete=models.PROTECT, related_name="reports"
    )
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    because = models.TextField(_("what was wrong"), blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gt=F("period_from")), name="transparency_report_has_days"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(because=""),
                name="transparency_corrected_report_says_why",
            ),
            models.UniqueConstraint(
                fields=["pack", "period_from", "period_to"],
                condition=Q(corrects__isnull=True),
                name="transparency_report_filed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.number}"


class TypesetFile(models.Model):
    """A publication as PDF in one language, kept as it was first set: later releases may set otherwise."""

    edition = models.ForeignKey(
        "transparency.Edition", on_delete=models.PROTECT, null=True, related_name="files"
    )
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="files")
    language = models.CharField(max_length=10)
    content = models.BinaryField()
    digest = models.CharField(max_length=71)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(edition__isnull=True) ^ Q(report__isnull=True),
                name="transparency_file_of_one_publication",
            ),
            models.UniqueConstraint(
                fields=["edition", "language"], name="transparency_edition_set_once"
            ),
            models.UniqueConstraint(
                fields=["report", "language"], name="transparency_report_set_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition or self.report} as PDF, {self.language}"


class Reminder(models.Model):
    """That those who file reports were told of one that is due, and how many of them."""

    class Stage(models.TextChoices):
        OPEN = "open", _("may be filed")
        SOON = "soon", _("due soon")
        OVERDUE = "overdue", _("overdue")

    pack = models.CharField(max_length=40)
    period_from = models.DateField()
    period_to = models.DateField()
    due = models.DateField()
    stage = models.CharField(max_length=8, choices=Stage.choices)
    recipients = models.PositiveIntegerField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pack", "period_from", "period_to", "stage"],
                name="transparency_reminded_once_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["open", "soon", "overdue"]),
                name="transparency_reminder_stage_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pack}, {self.stage}"
