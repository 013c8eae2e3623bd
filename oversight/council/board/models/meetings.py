"""Meetings, their packs, and everything of the board's that is public."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

_PERSON = settings.AUTH_USER_MODEL
_DIGEST = r"^sha256:[0-9a-f]{64}$"


class Meeting(models.Model):
    """A meeting that was called."""

    starts_at = models.DateTimeField(_("begins"))
    place = models.CharField(_("place"), max_length=300)
    called_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    def __str__(self) -> str:
        return _("Meeting %(number)s") % {"number": self.pk}


class Pack(models.Model):
    """The papers of a meeting, frozen. A later pack of the same meeting takes its place."""

    number = models.PositiveIntegerField(primary_key=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="packs")
    since = models.DateField(_("first day"))
    until = models.DateField(_("first day left out"))
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    frozen_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="board_pack_days"),
            models.CheckConstraint(condition=Q(digest__regex=_DIGEST), name="board_pack_digest"),
        ]

    def __str__(self) -> str:
        return _("Meeting pack %(number)s") % {"number": self.number}


class Publication(models.Model):
    """What the public may read of a sample, a meeting or a pack; the only table it is read from.

    A later one of the same subject takes the place of those before it, which stay.
    """

    class Kind(models.TextChoices):
        SAMPLE = "sample", _("Sample")
        MEETING = "meeting", _("Meeting")
        PACK = "pack", _("Meeting pack")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    subject = models.PositiveIntegerField()
    sequence = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "sequence"], name="board_published_in_sequence"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_DIGEST), name="board_publication_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}, {self.sequence}"
