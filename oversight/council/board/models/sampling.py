"""Samples that nobody can choose, and what reviewers found in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_PERSON = settings.AUTH_USER_MODEL
_DIGEST = r"^sha256:[0-9a-f]{64}$"


class Sample(models.Model):
    """A sample as it was announced, before anyone could know whom it would take.

    ``frame`` is a list of ``[entry, request, weight]``, by entry: the requests of the period, each
    with the index of the entry that tells of its first sending. ``entry`` is the index of the
    announcement's own.
    """

    class Kind(models.TextChoices):
        RANDOM = "random", _("Random")
        RISK = "risk", _("Weighted by risk")

    number = models.PositiveIntegerField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    since = models.DateField(_("first day"))
    until = models.DateField(_("first day left out"))
    size = models.PositiveSmallIntegerField(_("size"))
    frame = models.JSONField()
    left_out = models.PositiveIntegerField(default=0)
    plan = models.JSONField(help_text=_("What was made public when it was announced."))
    digest = models.CharField(max_length=71)
    entry = models.BigIntegerField(unique=True)
    announced_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    announced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="board_sample_days"),
            models.CheckConstraint(condition=Q(size__gte=1), name="board_sample_of_someone"),
            models.CheckConstraint(
                condition=Q(kind__in=["random", "risk"]), name="board_sample_kind"
            ),
            models.CheckConstraint(condition=Q(digest__regex=_DIGEST), name="board_sample_digest"),
        ]

    def __str__(self) -> str:
        return _("Sample %(number)s") % {"number": self.number}


class Draw(models.Model):
    """The one draw of a sample: its seed is the record's root at a size fixed by the announcement.

    ``members`` holds indexes of entries in the order of the draw; a place counts from 1.
    """

    sample = models.OneToOneField(
        Sample, on_delete=models.PROTECT, primary_key=True, related_name="draw"
    )
    tree_size = models.BigIntegerField()
    root = models.CharField(max_length=64, help_text=_("In hexadecimal."))
    members = models.JSONField()
    digest = models.CharField(max_length=71)
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(root__regex=r"^[0-9a-f]{64}$"), name="board_draw_root"
            ),
        ]

    def __str__(self) -> str:
        return f"Draw of sample {self.sample_id}"


class Finding(models.Model):
    """What a reviewer found in one member of a sample; a violation and a question want an answer."""

    class Kind(models.TextChoices):
        COMPLIANT = "compliant", _("Complies")
        VIOLATION = "violation", _("Violation")
        QUESTION = "question", _("Question")

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="findings")
    place = models.PositiveSmallIntegerField(help_text=_("In the order of the draw, from 1."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    safeguard = models.CharField(_("rule"), max_length=4, blank=True)
    text = models.TextField(_("finding"), max_length=4000, blank=True)
    answer_due = models.DateField(_("answer due on"), null=True)
    found_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["sample", "place"], name="board_findings_of_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="compliant", answer_due__isnull=True)
                | Q(kind__in=["violation", "question"], answer_due__isnull=False),
                name="board_finding_wants_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(kind="violation") | ~Q(safeguard=""),
                name="board_violation_names_a_rule",
            ),
            models.CheckConstraint(condition=Q(place__gte=1), name="board_finding_place"),
        ]

    def __str__(self) -> str:
        return _("Finding %(number)s") % {"number": self.pk}


class Answer(models.Model):
    """What the department answered."""

    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, primary_key=True, related_name="answer"
    )
    text = models.TextField(_("answer"), max_length=4000)
    answered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Answer to finding {self.finding_id}"


class Resolution(models.Model):
    """How the board closed a finding after the answer, or after the day for it had passed."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Upheld")
        SETTLED = "settled", _("Settled by the answer")
        WITHDRAWN = "withdrawn", _("Withdrawn: it was not so")

    finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, primary_key=True, related_name="resolution"
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    action = models.TextField(_("action taken"), max_length=2000, blank=True)
    resolved_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["upheld", "settled", "withdrawn"]),
                name="board_resolution_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"Resolution of finding {self.finding_id}"
