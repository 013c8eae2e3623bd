"""Surveillance technology and what was done to get, keep or end it. How it stands: ``life.py``."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oversight.people.models import Agency

_PERSON = settings.AUTH_USER_MODEL


class Technology(models.Model):
    """One entry of the inventory. Its slug is the ``system.id`` of the facts that the gate reads."""

    class Kind(models.TextChoices):
        FACE_RECOGNITION = "face_recognition", _("Face recognition")
        LICENCE_PLATES = "alpr", _("License plate reader")
        CAMERAS = "cameras", _("Fixed cameras")
        BODY_WORN = "body_worn_cameras", _("Body-worn and in-car cameras")
        DRONES = "drones", _("Drones")
        CELL_SITE = "cell_site_simulator", _("Cell-site simulator")
        GUNSHOTS = "gunshot_detection", _("Gunshot detection")
        PHONES = "device_extraction", _("Extraction of data from phones")
        SOCIAL_MEDIA = "social_media_monitoring", _("Monitoring of social media")
        PREDICTION = "predictive_policing", _("Predictive policing")
        OTHER = "other", _("Other surveillance technology")

    slug = models.SlugField(_("id"), max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=32, choices=Kind.choices)
    vendor = models.CharField(_("maker or operator"), max_length=120)
    product = models.CharField(_("product and version"), max_length=120, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField(_("what it does"), max_length=2000)
    galleries = models.JSONField(_("galleries it searches"), default=list, blank=True)
    added_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"), name="council_technology_slug"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Acquisition(models.Model):
    """A proposal to get a technology, to use it in a new way, or to keep it."""

    class Aim(models.TextChoices):
        ACQUIRE = "acquire", _("To get and use it")
        NEW_USE = "new_use", _("To use it in a new way")
        RENEW = "renew", _("To go on using it")

    technology = models.ForeignKey(
        Technology, on_delete=models.PROTECT, related_name="acquisitions"
    )
    aim = models.CharField(_("aim"), max_length=8, choices=Aim.choices)
    reasons = models.TextField(_("why it is wanted"), max_length=5000)
    funding = models.CharField(_("where the money comes from"), max_length=300)
    first_cost = models.DecimalField(_("cost once"), max_digits=12, decimal_places=2)
    yearly_cost = models.DecimalField(_("cost a year"), max_digits=12, decimal_places=2)
    proposed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first_cost__gte=0) & Q(yearly_cost__gte=0),
                name="council_costs_are_real",
            )
        ]

    def __str__(self) -> str:
        return f"Acquisition {self.pk}"


class Document(models.Model):
    """A file of an acquisition. The newest of its kind counts; earlier ones stay to be read."""

    class Kind(models.TextChoices):
        IMPACT_REPORT = "impact_report", _("Impact report")
        USE_POLICY = "use_policy", _("Use policy")
        NOTICE = "notice", _("Notice of the hearing")
        MINUTES = "minutes", _("Minutes or signed vote")
        OTHER = "other", _("Other document")

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(max_length=32)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=71)
    added_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^sha256:[0-9a-f]{64}$"), name="council_document_digest"
            ),
            models.CheckConstraint(
                condition=Q(media_type__in=["application/pdf", "text/plain"]),
                name="council_document_type",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentContent(models.Model):
    """The bytes of a document, apart so that lists do not read them."""

    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, primary_key=True, related_name="content"
    )
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"Content of document {self.document_id}"


class Hearing(models.Model):
    """A public hearing, entered by a member of the board who did not propose."""

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="hearings")
    body = models.CharField(_("body"), max_length=120)
    held_at = models.DateTimeField(_("held at"))
    place = models.CharField(_("place"), max_length=200)
    noticed_on = models.DateField(_("notice published on"))
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Hearing {self.pk}"


class Vote(models.Model):
    """A vote by name, as a member of the board entered it. It counts once it is confirmed."""

    acquisition = models.ForeignKey(Acquisition, on_delete=models.PROTECT, related_name="votes")
    body = models.CharField(_("body"), max_length=120)
    voted_on = models.DateField(_("day of the vote"))
    ayes = models.JSONField(_("ayes by name"), default=list)
    noes = models.JSONField(_("noes by name"), default=list)
    conditions = models.JSONField(_("conditions"), default=list)
    approved_from = models.DateField(_("first day"))
    renewal_due = models.DateField(_("day on which the approval ends"), null=True)
    signed_document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(renewal_due__isnull=True) | Q(renewal_due__gt=F("approved_from")),
                name="council_approval_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(approved_from__gte=F("voted_on")),
                name="council_no_approval_before_vote",
            ),
        ]

    def __str__(self) -> str:
        return f"Vote {self.pk}"

    @property
    def carried(self) -> bool:
        """Whether more voted for it than against."""
        return len(self.ayes) > len(self.noes)

    @property
    def permitted(self) -> bool:
        """Whether the gate let it stand; it was not asked of votes confirmed before it could be."""
        judgement = getattr(self, "judgement", None)
        return judgement is None or judgement.effect == "permit"

    @property
    def count(self) -> str:
        """Ayes and noes as people write them: 13-0."""
        return f"{len(self.ayes)}-{len(self.noes)}"


class Judgement(models.Model):
    """What the gate decided on getting a technology, as a carried vote was confirmed.

    ``document`` is the decision (contracts, section 3); ``facts`` what it was made on.
    """

    vote = models.OneToOneField(
        Vote, on_delete=models.PROTECT, primary_key=True, related_name="judgement"
    )
    effect = models.CharField(max_length=6)
    facts = models.JSONField()
    document = models.JSONField()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effect__in=["permit", "refuse"]), name="council_effect_is_known"
            )
        ]

    def __str__(self) -> str:
        return f"Judgement of vote {self.vote_id}"


class VoteConfirmation(models.Model):
    """A second person read the signed document and found the vote entered as it was."""

    vote = models.OneToOneField(
        Vote, on_delete=models.PROTECT, primary_key=True, related_name="confirmation"
    )
    confirmed_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Confirmation of vote {self.vote_id}"


class StandingChange(models.Model):
    """The board halts a technology, lets it be used again, or it is retired for good."""

    class Act(models.TextChoices):
        SUSPENDED = "suspended", _("Suspended")
        REINSTATED = "reinstated", _("May be used again")
        RETIRED = "retired", _("Retired")

    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="changes")
    act = models.CharField(max_length=10, choices=Act.choices)
    reason = models.CharField(_("reason"), max_length=300)
    made_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class YearlyCost(models.Model):
    """What a technology cost in a year, people included (SF Admin. Code 19B.1, report item 7).

    A later row for the same year corrects an earlier one.
    """

    technology = models.ForeignKey(Technology, on_delete=models.PROTECT, related_name="costs")
    year = models.PositiveSmallIntegerField(_("year"))
    personnel = models.DecimalField(_("personnel"), max_digits=12, decimal_places=2)
    other = models.DecimalField(_("all else"), max_digits=12, decimal_places=2)
    next_funding = models.CharField(_("where next year's money comes from"), max_length=300)
    entered_by = models.ForeignKey(_PERSON, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(personnel__gte=0) & Q(other__gte=0), name="council_year_costs_are_real"
            )
        ]

    def __str__(self) -> str:
        return f"Cost of {self.year}"
