"""Facts of a request. Rows are inserted once; only ``Draft``, a working paper, changes.

Where a request stands is not stored: ``state.py`` derives it from these rows.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.people.models import Agency, Person, Unit


class SearchRequest(models.Model):
    """One request for one search, from its first draft to its end."""

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["requester", "-id"], name="requests_by_requester"),
            models.Index(fields=["unit", "id"], name="requests_by_unit"),
        ]

    def __str__(self) -> str:
        return f"Request {self.pk}"


class Draft(models.Model):
    """What the officer has typed so far; frozen into a ``Submission`` when sent.

    ``version`` grows with every save: a form that was opened on an older one is stale.
    """

    request = models.OneToOneField(
        SearchRequest, on_delete=models.PROTECT, primary_key=True, related_name="draft"
    )
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Draft of request {self.request_id}"


class Submission(models.Model):
    """The answers as sent, the second after the first was returned, and so on."""

    request = models.ForeignKey(SearchRequest, on_delete=models.PROTECT, related_name="submissions")
    sequence = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    probe = models.UUIDField(_("probe"))
    face_index = models.PositiveSmallIntegerField(_("chosen face"))
    submitted_at = models.DateTimeField()

    class Meta:
        indexes = [
            # Figures of a period are read without touching what lies outside it.
            models.Index(
                fields=["submitted_at"], condition=Q(sequence=1), name="requests_first_sent"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "sequence"], name="requests_submission_in_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"Submission {self.sequence} of request {self.request_id}"


class Decision(models.Model):
    """What the gate decided, on which facts: enough to decide it again and compare."""

    class Action(models.TextChoices):
        SUBMIT = "submit", _("Submission")
        APPROVE = "approve", _("Sign-off")
        RUN = "run", _("Run")
        VIEW = "view", _("View of the result")

    class Effect(models.TextChoices):
        PERMIT = "permit", _("Permitted")
        REFUSE = "refuse", _("Refused")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="decisions")
    action = models.CharField(max_length=8, choices=Action.choices)
    effect = models.CharField(max_length=8, choices=Effect.choices)
    facts = models.JSONField()
    document = models.JSONField(help_text=_("The decision as contracts.md section 3 forms it."))
    policy_set = models.CharField(max_length=71)
    facts_digest = models.CharField(max_length=71)
    engine = models.CharField(max_length=64)
    decided_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["submission", "action", "-decided_at"], name="requests_latest")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(action="submit"), name="requests_judged_once"
            ),
            models.CheckConstraint(
                condition=Q(effect__in=["permit", "refuse"]), name="requests_effect_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.effect}"


class ReturnReason(models.TextChoices):
    """Why a supervisor sends a request back; each names what the officer should mend."""

    FACTS = "facts", _("The facts do not show the suspicion that is claimed")
    PURPOSE = "purpose", _("The purpose or offence does not fit the case")
    IMAGE = "image", _("The image is not suitable")
    FACE = "face", _("The wrong face is chosen, or it is not clear which")
    SOURCE = "source", _("Where the image comes from is not clear")
    ALTERNATIVES = "alternatives", _("Other means have not been tried")
    SCOPE = "scope", _("The search is wider than the case needs")
    OTHER = "other", _("Another reason, explained below")


class SignOff(models.Model):
    """A supervisor's verdict on one submission. There is at most one (R26)."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        REFUSED = "refused", _("Refused")

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="sign_off")
    supervisor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sign_offs")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reasons = models.JSONField(default=list)
    note = models.TextField(blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(help_text=_("When the supervisor opened the sheet."))
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="approved") | Q(decision__isnull=False),
                name="requests_approval_stands_on_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(verdict="approved") | ~Q(reasons=[]),
                name="requests_return_and_refusal_have_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.supervisor_id}"


class Withdrawal(models.Model):
    """The officer took the request back before it ran."""

    request = models.OneToOneField(
        SearchRequest, on_delete=models.PROTECT, related_name="withdrawal"
    )
    note = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Withdrawal of request {self.request_id}"


class Permission(models.Model):
    """Ties an authorization of the machine to the sign-off it stands on.

    The database refuses an authorization without this row, and this row without an
    approval that someone other than the requester gave (migration 0002).
    """

    authorization = models.UUIDField(primary_key=True, db_column="authorization_id")
    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="permission"
    )
    sign_off = models.OneToOneField(SignOff, on_delete=models.PROTECT, related_name="permission")
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"Permission {self.authorization}"


class Duty(models.Model):
    """A report that the requester owes once the search runs, by the rule that asks for it.

    Kept with the gate's decision to let the search run; whether it is owed yet, filed or overdue
    is told by ``duties.py``.
    """

    class Kind(models.TextChoices):
        AFTER_REPORT = "after_report", _("Report on a search in an emergency")
        AUTHORIZATION_REQUEST = "authorization_request", _("Request for the authorization")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="duties")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="duties")
    rule = models.CharField(max_length=200)
    kind = models.CharField(max_length=32, choices=Kind.choices)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["requester", "due_at"], name="requests_owed_by")]
        constraints = [
            models.UniqueConstraint(fields=["submission", "rule"], name="requests_owed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.rule}"


class DutyReport(models.Model):
    """What the requester reported, on time or late."""

    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, primary_key=True, related_name="report"
    )
    text = models.TextField()
    filed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Report on {self.duty}"


class DutyOverdue(models.Model):
    """A term ended and nothing was filed: noted by the clock, so that nobody needs to admit it."""

    duty = models.OneToOneField(
        Duty, on_delete=models.PROTECT, primary_key=True, related_name="overdue"
    )
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.duty}, overdue"
