"""What is published, and what was done before this system. Rows are inserted once, never changed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oversight.transparency.reports.models import Reminder, Report, Statement, TypesetFile

__all__ = ["EarlierSearch", "Edition", "Reminder", "Report", "Statement", "TypesetFile"]


class Edition(models.Model):
    """A publication: the figures of a period, frozen with their digest.

    A correction is an edition of its own, of the same period, that says what changed. ``document``
    holds everything that is published; ``digest`` is of its canonical JSON (RFC 8785).
    """

    class Kind(models.TextChoices):
        GENERAL = "general", _("General report")

    number = models.PositiveIntegerField(_("number"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind.choices)
    period_from = models.DateField(_("first day"))
    period_to = models.DateField(_("day after the last"))
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    because = models.TextField(_("what changed"), blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(period_to__gt=F("period_from")), name="transparency_period_has_days"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(because=""),
                name="transparency_correction_says_what_changed",
            ),
            models.UniqueConstraint(
                fields=["kind", "period_from", "period_to"],
                condition=Q(corrects__isnull=True),
                name="transparency_period_published_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number}"

    @property
    def nil_return(self) -> bool | None:
        """As ``is_nil`` of what the document tells."""
        requests = self.document["figures"]["requests"]
        return is_nil(self.document["nil_return"], requests["value"], requests["before_adoption"])


def is_nil(statement: str | None, requests: int, before_adoption: int) -> bool | None:
    """Whether nothing was asked for, by the statement of zero; None where this system cannot say.

    Of days of which all that is known is what departments told of the time before adoption, it can
    attest neither a return of zero nor that there is none.
    """
    if statement is None and requests == before_adoption:
        return None
    return statement is not None


class EarlierSearch(models.Model):
    """One search from before adoption, as a department told of it, with its gaps as null.

    The gate never judged it. ``day`` is the one that the source itself wrote.
    """

    class Decision(models.TextChoices):
        PERMIT = "permit", _("Permitted")
        REFUSE = "refuse", _("Refused")
        UNKNOWN = "unknown", _("Unknown")

    source = models.CharField(max_length=80)
    key = models.CharField(max_length=80)
    day = models.DateField(db_index=True)
    requested_at = models.DateTimeField()
    agency = models.CharField(max_length=64, null=True)
    unit = models.CharField(max_length=200, null=True)
    purpose = models.CharField(max_length=40, null=True)
    nibrs = models.CharField(max_length=3, null=True)
    probe_source = models.CharField(max_length=40, null=True)
    race = models.CharField(max_length=40, null=True)
    sex = models.CharField(max_length=40, null=True)
    age_band = models.CharField(max_length=40, null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices)
    rules = models.JSONField(default=list)
    signed_off_at = models.DateTimeField(null=True)
    run_at = models.DateTimeField(null=True)
    candidates = models.PositiveIntegerField(null=True)
    lead = models.BooleanField(null=True)
    outcome = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key"], name="transparency_imported_once"),
            models.CheckConstraint(
                condition=Q(decision__in=["permit", "refuse", "unknown"]),
                name="transparency_decision_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
