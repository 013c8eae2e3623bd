"""Requests for public records about surveillance technology, as the department counts them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_PERSON = settings.AUTH_USER_MODEL


class RecordsRequest(models.Model):
    """A request for records, by the number that the department gave it."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    received_on = models.DateField(_("received on"))
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class RecordsAnswer(models.Model):
    """How a request for records ended."""

    class Outcome(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        DENIED = "denied", _("Denied")
        NONE_HELD = "none_held", _("No such records")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    request = models.OneToOneField(
        RecordsRequest, on_delete=models.PROTECT, primary_key=True, related_name="answer"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    answered_on = models.DateField(_("answered on"))
    exemption = models.CharField(_("exemption cited"), max_length=200, blank=True)
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["granted", "partly", "denied", "none_held", "withdrawn"]),
                name="council_records_outcome_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"Answer to {self.request_id}"
