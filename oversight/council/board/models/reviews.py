"""The weekly look at unusual use: when, over which days, and how much each rule found."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class UsageReview(models.Model):
    """The clerk looked at the days from ``since`` to before ``until``; ``hits`` counts by rule.

    It names nobody: what was found is worked out again on the board's page, which records who looks.
    """

    since = models.DateField(_("first day"))
    until = models.DateField(_("day after the last"), unique=True)
    hits = models.JSONField()
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="board_review_has_days")
        ]

    def __str__(self) -> str:
        return f"Review {self.pk}"

    @property
    def found(self) -> int:
        """How much was found by all rules together."""
        return sum(self.hits.values())
