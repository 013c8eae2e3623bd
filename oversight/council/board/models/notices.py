"""Whom the board tells, and what was owed to whom by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.council.board.models.meetings import Meeting
from oversight.council.board.models.sampling import Finding

_PERSON = settings.AUTH_USER_MODEL


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


class Notice(models.Model):
    """That an office must be told of something by a moment; ``duty`` names the rule in the data."""

    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, related_name="notices"
    )
    duty = models.CharField(max_length=64)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "finding"], name="board_office_told_once_of_a_finding"
            ),
            models.UniqueConstraint(
                fields=["office", "meeting"], name="board_office_told_once_of_a_meeting"
            ),
            models.CheckConstraint(
                condition=Q(finding__isnull=False, meeting__isnull=True)
                | Q(finding__isnull=True, meeting__isnull=False),
                name="board_notice_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"Notice {self.pk} to {self.office}"


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
