"""What the board, the department and administrators fill in."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms import CharField, ChoiceField, EmailField, IntegerField
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from oversight.council.board.models import Finding, Office, Resolution, Sample
from oversight.council.board.periods import periods
from oversight.council.board.services.drawing import LARGEST
from oversight.council.forms.offering import offer
from oversight.interface import forms
from oversight.people.models import Unit
from oversight.policy.presenting.safeguards import SAFEGUARDS
from oversight.transparency.breakdowns import OFFENCES
from oversight.transparency.definitions import BY_NAME, ENDINGS

_ANSWER_DAYS: Final = 30


def _period_choices() -> list[tuple[str, Any]]:
    return [(period.code, period.label) for period in periods(timezone.localdate())]


def _unit_choices() -> list[tuple[str, Any]]:
    names = Unit.objects.order_by("name").values_list("name", flat=True).distinct()
    return [("", _("All")), *((name, name) for name in names)]


class PeriodForm(forms.Form):
    """Which period."""

    mark_optional = False
    period = ChoiceField(label=_("Period"), required=False, choices=lazy(_period_choices, list))


class RowFilters(PeriodForm):
    """Narrows the rows behind a figure."""

    unit = ChoiceField(label=_("Unit"), required=False, choices=lazy(_unit_choices, list))
    offence = ChoiceField(
        label=_("Offense"), required=False, choices=[("", _("All")), *OFFENCES.items()]
    )
    ending = ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("All")), *((name, BY_NAME[name].label) for name in ENDINGS)],
    )
    rule = CharField(
        label=_("Rule that refused"),
        required=False,
        max_length=120,
        help_text=_("Such as lapd-2021/officer-camera."),
    )

    described = ChoiceField(label=_("Who was searched for"), required=False)

    def __init__(self, *args: Any, described: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the descriptions of persons that the rows bear."""
        super().__init__(*args, **kwargs)
        offer(self, "described", [("", _("All")), *described])

    @property
    def chosen(self) -> dict[str, str]:
        """The filters of the rows that are set; none of a form that is not valid."""
        if not self.is_valid():
            return {}
        named = ("unit", "offence", "ending", "rule", "described")
        return {name: self.cleaned_data[name] for name in named if self.cleaned_data[name]}


class SampleForm(forms.Form):
    """What to draw from, and how many."""

    kind = ChoiceField(
        label=_("How it is drawn"),
        choices=Sample.Kind.choices,
        widget=forms.RadioTiles(
            descriptions={
                "random": _("Every request is as likely as the others."),
                "risk": _("Requests with more risk are likelier. The weights are published."),
            }
        ),
    )
    since = forms.MemorableDateField(label=_("First day"))
    until = forms.MemorableDateField(label=_("Last day"), help_text=_("This day is included."))
    size = IntegerField(
        label=_("How many requests"),
        min_value=1,
        max_value=LARGEST,
        help_text=_("As many as you can look at."),
    )

    def clean(self) -> dict[str, Any]:
        """The days in their order, none of them ahead."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first."))
        elif until and until > timezone.localdate():
            self.add_error("until", _("The last day must not be in the future."))
        elif until:
            data["left_out"] = until + timedelta(days=1)
        return data


class FindingForm(forms.Form):
    """What a reviewer found in one member of a sample."""

    kind = ChoiceField(
        label=_("Finding"),
        choices=Finding.Kind.choices,
        widget=forms.RadioTiles(
            descriptions={
                "compliant": _("The request kept the rules, as far as its papers show."),
                "violation": _(
                    "A rule was broken. The offices that must be told are told at once."
                ),
                "question": _("The papers do not show it. The department is to answer."),
            }
        ),
    )
    safeguard = ChoiceField(
        label=_("Rule"),
        required=False,
        choices=[("", _("None"))],
        help_text=_("A violation names the rule that was broken."),
    )
    text = forms.ProseField(
        label=_("What you found"),
        max_length=4000,
        required=False,
        help_text=_("The department reads it. Do not name the person who was searched for."),
    )
    answer_due = forms.MemorableDateField(
        label=_("Answer due on"),
        required=False,
        help_text=_("For a violation or a question: the last day for the department's answer."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every rule of the catalogue, in words."""
        kwargs.setdefault("initial", {"answer_due": _in_days(_ANSWER_DAYS)})
        super().__init__(*args, **kwargs)
        rules = [(number, f"{number}: {text}") for number, text in SAFEGUARDS.items()]
        offer(self, "safeguard", [("", _("None")), *rules])

    def clean(self) -> dict[str, Any]:
        """A violation names its rule, and what wants an answer has words and a day."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kind = data.get("kind")
        if kind == Finding.Kind.COMPLIANT or kind is None:
            return data
        if kind == Finding.Kind.VIOLATION and not data.get("safeguard"):
            self.add_error("safeguard", _("Choose the rule that was broken."))
        if not data.get("text"):
            self.add_error("text", _("Say what you found, so that the department can answer."))
        due = data.get("answer_due")
        if "answer_due" not in self.errors and (due is None or due <= timezone.localdate()):
            self.add_error("answer_due", _("Give a day to come for the department's answer."))
        return data


class AnswerForm(forms.Form):
    """What the department answers."""

    text = forms.ProseField(
        label=_("Answer"),
        max_length=4000,
        help_text=_("The board reads it. Do not name the person who was searched for."),
    )


class ResolutionForm(forms.Form):
    """How the board closes a finding."""

    outcome = ChoiceField(
        label=_("Outcome"), choices=Resolution.Outcome.choices, widget=forms.RadioTiles()
    )
    action = forms.ProseField(
        label=_("Action taken"),
        max_length=2000,
        required=False,
        help_text=_("Training, discipline, a change of practice; name nobody."),
    )


class RecipientForm(forms.Form):
    """Whom to tell on behalf of an office."""

    office = ChoiceField(label=_("Office"), choices=Office.choices)
    name = CharField(label=_("Name of the recipient"), max_length=200)
    address = EmailField(
        label=_("E-mail"), help_text=_("Preferably of the office, such as clerk@example.gov.")
    )


class MeetingForm(forms.Form):
    """When and where the board meets."""

    starts_at = forms.MomentField(label=_("Begins at"))
    place = CharField(label=_("Place"), max_length=300, help_text=_("Room, street, city."))

    def clean_starts_at(self) -> Any:
        """A moment to come."""
        moment = self.cleaned_data["starts_at"]
        if moment <= timezone.now():
            raise ValidationError(_("The meeting must begin at a time to come."))
        return moment


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)
