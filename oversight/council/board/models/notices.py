"""Whom the board tells, and what was owed to whom by when."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from oversight.council.board.models.meetings import Meeting
from oversight.council.board.models.reviews import UsageReview
from oversight.council.board.models.sampling import Finding
from oversight.council.models import StandingChange
from oversight.policy.models import Lifting, Suspension

_PERSON = settings.AUTH_USER_MODEL
SUBJECTS: Final = ("finding", "meeting", "review", "suspension", "lifting", "standing")
"""What a notice can be about: names of its fields."""


class Office(models.TextChoices):
    """Who may have to be told."""

    BOARD = "board", _("Oversight board")
    MAYOR = "mayor", _("Mayor")
    COUNCIL_PRESIDENT = "council_president", _("Council President")
    PRESIDENT_PRO_TEM = "president_pro_tem", _("Council President Pro Tem")
    INSPECTOR_GENERAL = "inspector_general", _("Inspector General")
    PRESS = "press", _("Press list")


class RecipientChange(models.Model):
    """A proposal to name a recipient or to end one; it holds once a second person confirmed it."""

    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    name = models.CharField(_("name"), max_length=200)
    address = models.EmailField(_("e-mail"))
    ends = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="endings"
    )
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="board_office_is_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


class RecipientConfirmation(models.Model):
    """The second person's word, by which a change holds."""

    change = models.OneToOneField(
        RecipientChange, on_delete=models.PROTECT, primary_key=True, related_name="confirmation"
    )
    confirmed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Confirmation of change {self.change_id}"


def _about(to: Any) -> Any:
    return models.ForeignKey(to, on_delete=models.PROTECT, null=True, related_name="notices")


class Notice(models.Model):
    """That an office must be told of something by a moment; ``duty`` names the rule in the data.

    It is about one of the things in `SUBJECTS`.
    """

    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    finding = _about(Finding)
    meeting = _about(Meeting)
    review = _about(UsageReview)
    suspension = _about(Suspension)
    lifting = _about(Lifting)
    standing = _about(StandingChange)
    duty = models.CharField(max_length=64)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            *(
                models.UniqueConstraint(
                    fields=["office", subject], name=f"board_office_told_once_of_a_{subject}"
                )
                for subject in SUBJECTS
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func(
                        *SUBJECTS,
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="board_notice_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk} to {self.office}"

    @property
    def subject(self) -> str:
        """Which of `SUBJECTS` it is about."""
        return next(name for name in SUBJECTS if getattr(self, f"{name}_id") is not None)

    @property
    def told_at(self) -> datetime | None:
        """When the first recipient of the office was told; None while none was."""
        return min((each.sent_at for each in self.dispatches.all()), default=None)

    def is_late(self, at: datetime) -> bool:
        """Whether the office was told too late, or has not been told at a moment past its term."""
        return (self.told_at or at) > self.due_at


class Dispatch(models.Model):
    """A notice as the mail server took it, for one recipient."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(RecipientChange, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "dispatches"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "recipient"], name="board_recipient_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"Dispatch of notice {self.notice_id}"
