"""Public comment: what was asked, who answered what, and what was withheld and why."""

import secrets
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oversight.council.models.technologies import Acquisition
from oversight.policy.models import Proposal

_PERSON = settings.AUTH_USER_MODEL
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LONGEST: Final = 10_000
"""Characters in a comment."""


def new_number() -> str:
    """A receipt number that cannot be guessed (60 bits), without letters that look alike."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(12))
    return "-".join((drawn[:4], drawn[4:8], drawn[8:]))


class Consultation(models.Model):
    """A period in which everyone may comment on a technology, or on a change of the rules."""

    acquisition = models.ForeignKey(
        Acquisition, on_delete=models.PROTECT, null=True, related_name="consultations"
    )
    instrument = models.ForeignKey(Proposal, on_delete=models.PROTECT, null=True, related_name="+")
    title = models.CharField(_("what it is about"), max_length=200)
    question = models.TextField(_("what is proposed, in plain words"), max_length=2000)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    opened_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acquisition__isnull=False, instrument__isnull=True)
                | Q(acquisition__isnull=True, instrument__isnull=False),
                name="council_consultation_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="council_consultation_ends_later"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What someone said. Who they are, if they wish it published, is a row apart."""

    class Stance(models.TextChoices):
        FOR = "for", _("For")
        AGAINST = "against", _("Against")
        NEUTRAL = "neutral", _("Neither")

    number = models.CharField(max_length=14, unique=True, default=new_number)
    consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, related_name="comments"
    )
    stance = models.CharField(_("for or against"), max_length=8, choices=Stance.choices)
    text = models.TextField(_("comment"), max_length=LONGEST)
    digest = models.CharField(max_length=71)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=["for", "against", "neutral"]),
                name="council_stance_is_known",
            )
        ]
        indexes = [
            models.Index(fields=["consultation", "received_at"], name="council_comments_in_order")
        ]

    def __str__(self) -> str:
        return f"Comment {self.number}"


class CommentAuthor(models.Model):
    """Name and place, given to be published. No fact: it is removed when consent is withdrawn."""

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="author"
    )
    name = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return f"Author of comment {self.comment_id}"


class ConsentWithdrawal(models.Model):
    """Somebody no longer wants their name beside their comment; name and place are gone."""

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="withdrawal"
    )
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Withdrawal of consent to comment {self.comment_id}"


class Moderation(models.Model):
    """A text is withheld, or shown again, for a stated reason. It counts either way."""

    class Act(models.TextChoices):
        WITHHELD = "withheld", _("Withheld")
        SHOWN = "shown", _("Shown again")

    class Reason(models.TextChoices):
        PERSONAL_DATA = "personal_data", _("It tells private things about someone")
        THREAT = "threat", _("It threatens someone")
        SLUR = "slur", _("It insults a group of people")
        ADVERTISING = "advertising", _("It is advertising")
        MISTAKE = "mistake", _("It was withheld by mistake")

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="moderations")
    act = models.CharField(max_length=8, choices=Act.choices)
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    note = models.CharField(_("explanation"), max_length=300, blank=True)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.comment_id}"


class Grouping(models.Model):
    """Which comments say the same. A working paper: computed from the texts, and computed again."""

    comment = models.OneToOneField(
        Comment, on_delete=models.PROTECT, primary_key=True, related_name="grouping"
    )
    signature = models.BinaryField(help_text=_("MinHash of the text, 128 numbers of 4 bytes."))
    group = models.PositiveBigIntegerField(
        null=True, db_index=True, help_text=_("The first comment of the group.")
    )

    def __str__(self) -> str:
        return f"Grouping of comment {self.comment_id}"


class SourceCount(models.Model):
    """How much one source sent lately: a keyed digest of its address, removed after an hour."""

    source = models.CharField(max_length=32)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "window"], name="council_source_once_a_window"
            )
        ]

    def __str__(self) -> str:
        return f"{self.count} since {self.window}"
