"""Complaints, and what the board did about them. How one stands: ``selectors/complaints.py``."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.requests.models import SearchRequest

_PERSON = settings.AUTH_USER_MODEL


class Complaint(models.Model):
    """What somebody complains about. The receipt code itself is not kept, only its digest."""

    class Subject(models.TextChoices):
        WRONG_PERSON = "wrong_person", _("Someone was taken for another person")
        UNLAWFUL = "unlawful", _("A search that should not have been made")
        DISCRIMINATION = "discrimination", _("Unequal treatment")
        PROTEST = "protest", _("Use at a protest, a place of worship or a clinic")
        NOT_TOLD = "not_told", _("The use was not disclosed")
        OTHER = "other", _("Something else")

    code_digest = models.CharField(max_length=71, unique=True)
    subject = models.CharField(_("subject"), max_length=16, choices=Subject.choices)
    text = models.TextField(_("what happened"), max_length=10_000)
    digest = models.CharField(max_length=71)
    case_number = models.CharField(_("case number"), max_length=40, blank=True)
    received_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    answer_by = models.DateTimeField()

    def __str__(self) -> str:
        return f"Complaint {self.pk}"


class ComplaintContact(models.Model):
    """How to reach who complained, if they said. No fact: it is removed when no longer needed."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.PROTECT, primary_key=True, related_name="contact"
    )
    name = models.CharField(max_length=120, blank=True)
    reach = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"Contact of complaint {self.complaint_id}"


class Acknowledgement(models.Model):
    """The board has read the complaint."""

    complaint = models.OneToOneField(
        Complaint, on_delete=models.PROTECT, primary_key=True, related_name="acknowledgement"
    )
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Acknowledgement of complaint {self.complaint_id}"


class Comparison(models.Model):
    """A complaint was compared with the searches. Recorded alike, whether one was found or not."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="comparisons")
    request = models.ForeignKey(
        SearchRequest, on_delete=models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(_("how it was looked for"), max_length=300)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Comparison of complaint {self.complaint_id}"


class Finding(models.Model):
    """How a complaint ended, in the terms of civilian oversight, with the answer to who complained."""

    class Outcome(models.TextChoices):
        SUSTAINED = "sustained", _("Sustained: a rule was broken")
        NOT_SUSTAINED = "not_sustained", _("Not sustained: too little evidence either way")
        EXONERATED = "exonerated", _("Exonerated: it happened, and the rules allowed it")
        UNFOUNDED = "unfounded", _("Unfounded: it did not happen")

    complaint = models.OneToOneField(
        Complaint, on_delete=models.PROTECT, primary_key=True, related_name="finding"
    )
    outcome = models.CharField(_("finding"), max_length=16, choices=Outcome.choices)
    action = models.CharField(_("what was done about it"), max_length=300, blank=True)
    answer = models.TextField(_("answer"), max_length=5000)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["sustained", "not_sustained", "exonerated", "unfounded"]),
                name="council_outcome_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"Finding on complaint {self.complaint_id}"
