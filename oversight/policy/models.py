"""Instruments proposed and adopted, suspensions, and replays. Rows are inserted and never changed.

What the law is on a day is not stored: it follows from the packs in files and from these acts
(`standing.py`). Only ``ReplayProgress``, a working paper, changes.
"""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_PERSON = settings.AUTH_USER_MODEL


class Proposal(models.Model):
    """A document that the board may adopt: validated as a whole before it became a row."""

    class Kind(models.TextChoices):
        INSTRUMENT = "instrument", _("Instrument")
        SUNSET = "sunset", _("End of an instrument")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    slug = models.CharField(_("instrument"), max_length=64)
    replaces = models.CharField(_("takes the place of"), max_length=64, blank=True)
    takes_effect = models.DateField(_("takes effect on"))
    text = models.TextField(_("text"))
    digest = models.CharField(_("digest"), max_length=71)
    note = models.TextField(_("reasons"), blank=True)
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^sha256:[0-9a-f]{64}$"), name="policy_proposal_digest"
            ),
            models.CheckConstraint(
                condition=~Q(slug="house") & ~Q(replaces="house"), name="policy_house_stays"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["instrument", "sunset"]), name="policy_proposal_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"Proposal {self.pk}: {self.slug}"


class Adoption(models.Model):
    """A recorded vote that made a proposal law, entered by someone other than who proposed it."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="adoption")
    body = models.CharField(_("body"), max_length=200)
    voted_on = models.DateField(_("voted on"))
    ayes = models.PositiveSmallIntegerField(_("ayes"), validators=[MinValueValidator(1)])
    noes = models.PositiveSmallIntegerField(_("noes"))
    ayes_names = models.JSONField(_("ayes by name"), default=list, blank=True)
    noes_names = models.JSONField(_("noes by name"), default=list, blank=True)
    document_digest = models.CharField(_("digest of the signed document"), max_length=71)
    adopted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ayes__gt=F("noes")), name="policy_vote_carried"),
            models.CheckConstraint(
                condition=Q(document_digest__regex=r"^sha256:[0-9a-f]{64}$"),
                name="policy_adoption_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"Adoption {self.pk} of proposal {self.proposal_id}"


class Suspension(models.Model):
    """The board's act that stops every use, at once; ended by a ``Lifting``."""

    reason = models.CharField(_("reason"), max_length=300)
    suspended_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    suspended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Suspension {self.pk}"


class Lifting(models.Model):
    """The board's act that ends a suspension."""

    suspension = models.OneToOneField(Suspension, on_delete=models.PROTECT, related_name="lifting")
    reason = models.CharField(_("reason"), max_length=300)
    lifted_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Lifting of suspension {self.suspension_id}"


class ReplayRun(models.Model):
    """History to be decided again: its days (the last is left out), and under which law.

    The row is its own outbox: a periodic task runs whatever has no result yet.
    """

    since = models.DateField(_("first day"))
    until = models.DateField(_("first day left out"))
    proposal = models.ForeignKey(
        Proposal, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    as_known = models.BooleanField(
        _("under the rules as known then"), default=False, db_default=False
    )
    asked_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="policy_replay_days"),
            models.CheckConstraint(
                condition=Q(as_known=False) | Q(proposal__isnull=True), name="policy_replay_one_law"
            ),
        ]

    def __str__(self) -> str:
        return f"Replay {self.pk}"


class ReplayProgress(models.Model):
    """How far a replay has come, and how often it was begun. The only row here that changes."""

    run = models.OneToOneField(
        ReplayRun, on_delete=models.PROTECT, primary_key=True, related_name="progress"
    )
    done = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Replay {self.run_id}: {self.done}"


class ReplayResult(models.Model):
    """What a replay found: totals and the first differences, or why it failed."""

    run = models.OneToOneField(ReplayRun, on_delete=models.PROTECT, related_name="result")
    document = models.JSONField(null=True)
    failure = models.TextField(blank=True)
    finished_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(document__isnull=False) | ~Q(failure=""), name="policy_replay_ended"
            )
        ]

    def __str__(self) -> str:
        return f"Result of replay {self.run_id}"
