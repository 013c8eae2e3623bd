"""Facts that come after a search. Rows are inserted once and never changed.

How far a comparison has come is not stored: ``agreement.py`` and ``selectors.py`` derive it.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.people.models import Person
from oversight.requests.models import Decision, Submission


class Comparison(models.Model):
    """A run whose candidates people are to compare. Only the database inserts it, with the run."""

    run = models.UUIDField(primary_key=True)
    authorization = models.UUIDField(unique=True)
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="comparison"
    )
    candidate_count = models.PositiveSmallIntegerField()
    run_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["run_at"], name="leads_oldest_first")]

    def __str__(self) -> str:
        return f"Comparison {self.run}"

    @property
    def code(self) -> str:
        """A short name that says nothing of the case or the person."""
        return self.run.hex[:8].upper()


class Examination(models.Model):
    """One examiner's own, blind work on a comparison."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    comparison = models.ForeignKey(
        Comparison, on_delete=models.PROTECT, related_name="examinations"
    )
    examiner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="examinations")
    seed = models.BigIntegerField(help_text=_("Shuffles the candidates for this examiner."))
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comparison", "examiner"], name="leads_examined_once_by_each"
            )
        ]

    def __str__(self) -> str:
        return f"Examination {self.pk}"


class Release(models.Model):
    """An examination that was handed back or lapsed: another examiner may take its place."""

    class Reason(models.TextChoices):
        CONFLICT = "conflict", _("I know the person, or have another conflict of interest")
        HANDED_BACK = "handed_back", _("I cannot finish it in time")
        LAPSED = "lapsed", _("It was not finished in time")

    examination = models.OneToOneField(
        Examination, on_delete=models.PROTECT, primary_key=True, related_name="release"
    )
    reason = models.CharField(max_length=12, choices=Reason.choices)
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=["conflict", "handed_back", "lapsed"]),
                name="leads_release_reason_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"Release of examination {self.examination_id}"


class Viewing(models.Model):
    """Someone was shown a candidate, or a result, on a permitting decision of that moment."""

    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, primary_key=True, related_name="viewing"
    )
    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="viewings")
    viewer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    candidate = models.UUIDField(null=True)
    viewed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["comparison", "viewer", "candidate", "-viewed_at"], name="leads_last_viewed"
            )
        ]

    def __str__(self) -> str:
        return f"Viewing on decision {self.decision_id}"


class Support(models.TextChoices):
    """What a comparison supports, in words. An opinion, never a probability.

    A scale of support for "same person" against "different persons" in the manner of FISWG,
    *Facial Comparison Overview and Methodology Guidelines*, on conclusions.
    """

    STRONG_SAME = "strong_same", _("Strong support that it is the same person")
    LIMITED_SAME = "limited_same", _("Limited support that it is the same person")
    INCONCLUSIVE = "inconclusive", _("Inconclusive: no support either way")
    LIMITED_DIFFERENT = "limited_different", _("Limited support that they are different people")
    STRONG_DIFFERENT = "strong_different", _("Strong support that they are different people")
    UNSUITABLE = "unsuitable", _("Cannot be compared")


SAME = (Support.STRONG_SAME, Support.LIMITED_SAME)
"""Judgements that may be named in a conclusion."""


class Judgement(models.Model):
    """What one examiner found when comparing the probe with one candidate."""

    examination = models.ForeignKey(
        Examination, on_delete=models.PROTECT, related_name="judgements"
    )
    candidate = models.UUIDField()
    support = models.CharField(max_length=20, choices=Support.choices)
    features = models.JSONField(help_text=_("Component of the face: what was found."))
    similarities = models.TextField(blank=True)
    dissimilarities = models.TextField(blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["examination", "candidate"], name="leads_judged_once_by_each"
            ),
            models.CheckConstraint(
                condition=Q(support__in=Support.values), name="leads_support_is_on_the_scale"
            ),
        ]

    def __str__(self) -> str:
        return f"Judgement {self.pk}"

    @property
    def supports_same(self) -> bool:
        """Whether the examiner may name this candidate in the conclusion."""
        return self.support in SAME


class Conclusion(models.Model):
    """The end of an examination: the one candidate it names, or nobody."""

    examination = models.OneToOneField(
        Examination, on_delete=models.PROTECT, primary_key=True, related_name="conclusion"
    )
    judgement = models.OneToOneField(
        Judgement, on_delete=models.PROTECT, null=True, related_name="conclusion"
    )
    concluded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Conclusion of examination {self.examination_id}"

    @property
    def candidate(self) -> uuid.UUID | None:
        """The candidate that is named; None for nobody."""
        return self.judgement.candidate if self.judgement else None


class Result(models.Model):
    """What all examinations together come to. The database checks it against them."""

    class Kind(models.TextChoices):
        LEAD = "lead", _("Lead")
        NO_LEAD = "no_lead", _("No lead")
        NO_CANDIDATE = "no_candidate", _("No candidate")

    class Rule(models.TextChoices):
        TWO_AGREE = "two_agree", _("Two examiners agree")
        TWO_OF_THREE = "two_of_three", _("Two of three examiners agree")
        NO_AGREEMENT = "no_agreement", _("No two of three examiners agree")
        NOBODY_RETURNED = "nobody_returned", _("The search returned nobody")

    comparison = models.OneToOneField(
        Comparison, on_delete=models.PROTECT, primary_key=True, related_name="result"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rule = models.CharField(max_length=16, choices=Rule.choices)
    candidate = models.UUIDField(null=True)
    reached_at = models.DateTimeField()
    expires_at = models.DateTimeField(help_text=_("From then on the officer is shown it no more."))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="lead", candidate__isnull=False)
                | Q(kind__in=["no_lead", "no_candidate"], candidate__isnull=True),
                name="leads_lead_names_a_candidate",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of run {self.comparison_id}"


class Acknowledgement(models.Model):
    """The officer read and accepted the notice, before any candidate was shown."""

    result = models.OneToOneField(
        Result, on_delete=models.PROTECT, primary_key=True, related_name="acknowledgement"
    )
    officer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    notice = models.CharField(max_length=71, help_text=_("Digest of the notice as it was shown."))
    acknowledged_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Acknowledgement of {self.result_id}"
