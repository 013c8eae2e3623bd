"""Putting a technology on the inventory, proposing it, voting on it, and ending it."""

from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.council.forms.offering import offer_rows
from oversight.council.forms.writing import one_line
from oversight.council.life import LABELS
from oversight.council.models import Acquisition, Document, StandingChange, Technology
from oversight.council.selectors.technologies import Standing
from oversight.council.services.documents import LARGEST
from oversight.council.services.technologies import Description, Plan, Spent
from oversight.council.services.voting import Ballot, Heard
from oversight.interface.forms import (
    Form,
    MemorableDateField,
    MomentField,
    ProseField,
    RadioTiles,
)
from oversight.people.models import Agency

_RESERVED: Final = frozenset({"add"})


class TechnologyFilters(Form):
    """Words, kind and standing; what is not understood filters nothing out."""

    mark_optional = False

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any")), *Technology.Kind.choices]
    )
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[("", _("Any")), *LABELS.items()]
    )

    def narrowed(self, rows: list[Standing]) -> list[Standing]:
        """The rows that pass; none if a filter is wrong."""
        if not self.is_valid():
            return []
        kind, standing = self.cleaned_data["kind"], self.cleaned_data["standing"]
        words = self.cleaned_data["words"].casefold().split()
        return [
            row
            for row in rows
            if kind in ("", row.technology.kind)
            and standing in ("", row.state)
            and all(word in _searched(row.technology) for word in words)
        ]


class TechnologyForm(Form):
    """What a technology is."""

    name = forms.CharField(label=_("Name"), max_length=120)
    slug = forms.SlugField(
        label=_("Id"),
        max_length=64,
        help_text=_(
            "Lower-case letters, digits and hyphens. The record names the technology by it for ever."
        ),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Technology.Kind.choices)
    agency = forms.ModelChoiceField(label=_("Used by"), queryset=Agency.objects.none())
    vendor = forms.CharField(label=_("Maker or operator"), max_length=120)
    product = forms.CharField(label=_("Product and version"), max_length=120, required=False)
    purpose = ProseField(label=_("What it does"), max_length=2000)
    galleries = ProseField(
        label=_("Galleries it searches"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("For face recognition only: the id of each gallery, one a line."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the agencies there are."""
        super().__init__(*args, **kwargs)
        offer_rows(self, "agency", Agency.objects.order_by("name"))

    def clean_slug(self) -> str:
        """An id that the record and the addresses can carry."""
        slug = str(self.cleaned_data["slug"])
        if slug != slug.lower() or "_" in slug or slug.strip("-") != slug or "--" in slug:
            raise ValidationError(_("Use lower-case letters and digits, with single hyphens."))
        if slug in _RESERVED:
            raise ValidationError(_("This id is an address of the site. Choose another."))
        return slug

    @property
    def description(self) -> Description:
        """The answers, when valid."""
        data = self.cleaned_data
        return Description(
            slug=data["slug"],
            name=data["name"],
            kind=data["kind"],
            vendor=data["vendor"],
            product=data["product"],
            purpose=data["purpose"],
            galleries=_lines(data["galleries"]),
        )


class PlanForm(Form):
    """A proposal to get, keep or change a technology."""

    aim = forms.ChoiceField(
        label=_("What is proposed"), choices=Acquisition.Aim.choices, widget=RadioTiles
    )
    reasons = ProseField(label=_("Why it is wanted"), max_length=5000)
    funding = forms.CharField(label=_("Where the money comes from"), max_length=300)
    first_cost = forms.DecimalField(
        label=_("Cost once, in dollars"), max_digits=12, decimal_places=2, min_value=Decimal(0)
    )
    yearly_cost = forms.DecimalField(
        label=_("Cost a year, in dollars"),
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=_("With the people who work with it."),
    )

    @property
    def plan(self) -> Plan:
        """The answers, when valid."""
        return Plan(**self.cleaned_data)


class DocumentForm(Form):
    """A file of a proposal."""

    kind = forms.ChoiceField(label=_("What it is"), choices=Document.Kind.choices)
    file = forms.FileField(
        label=_("File"),
        max_length=255,
        help_text=_("PDF or plain text, at most 20 MB. Everyone will be able to read it."),
    )

    def clean_file(self) -> Any:
        """One that is too large is refused unread."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise ValidationError(_("The file is larger than 20 MB. Make a smaller PDF of it."))
        return file


class HearingForm(Form):
    """A public hearing."""

    body = forms.CharField(
        label=_("Body"), max_length=120, help_text=_("City Council, Police Commission")
    )
    held_at = MomentField(label=_("Held at"))
    place = forms.CharField(label=_("Place"), max_length=200)
    noticed_on = MemorableDateField(label=_("Notice published on"))

    @property
    def heard(self) -> Heard:
        """The answers, when valid."""
        return Heard(**self.cleaned_data)


class VoteForm(Form):
    """A vote by name."""

    body = forms.CharField(
        label=_("Body that voted"), max_length=120, help_text=_("City Council, Police Commission")
    )
    voted_on = MemorableDateField(label=_("Day of the vote"))
    ayes = ProseField(
        label=_("Ayes by name"), max_length=5000, required=False, help_text=_("One a line.")
    )
    noes = ProseField(
        label=_("Noes by name"), max_length=5000, required=False, help_text=_("One a line.")
    )
    conditions = ProseField(
        label=_("Conditions"), max_length=5000, required=False, help_text=_("One a line.")
    )
    approved_from = MemorableDateField(label=_("First day of the approval"))
    renewal_due = MemorableDateField(
        label=_("Day on which the approval ends"),
        required=False,
        help_text=_("The first day on which it may no longer be used without a new vote."),
    )
    signed_document = forms.ModelChoiceField(
        label=_("Signed document"),
        queryset=Document.objects.none(),
        help_text=_("Add it to the proposal first, as minutes or signed vote."),
    )

    def __init__(self, *args: Any, acquisition: Acquisition, **kwargs: Any) -> None:
        """Offer the signed documents of this proposal."""
        super().__init__(*args, **kwargs)
        signed = Document.objects.filter(acquisition=acquisition, kind=Document.Kind.MINUTES)
        offer_rows(self, "signed_document", signed.order_by("-pk"))

    def clean_voted_on(self) -> Any:
        """A vote that has been held."""
        if self.cleaned_data["voted_on"] > timezone.localdate():
            raise ValidationError(_("The day of the vote must not be in the future."))
        return self.cleaned_data["voted_on"]

    def clean(self) -> dict[str, Any]:
        """Somebody voted, each once, and the days follow each other."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for side in ("ayes", "noes", "conditions"):
            data[side] = _lines(data.get(side, ""))
        # An answer with an error is taken out of the data: ask which stand twice before the first.
        repeated = [side for side in ("ayes", "noes") if len(set(data[side])) != len(data[side])]
        if not data["ayes"] and not data["noes"]:
            self.add_error("ayes", _("Enter at least one name: votes are kept by name."))
        for side in repeated:
            self.add_error(side, _("A name stands here twice. Enter each once."))
        first, voted, ends = (data.get(n) for n in ("approved_from", "voted_on", "renewal_due"))
        if first and voted and first < voted:
            self.add_error("approved_from", _("The approval cannot begin before the vote."))
        if first and ends and ends <= first:
            self.add_error("renewal_due", _("The approval must end after its first day."))
        return data

    @property
    def ballot(self) -> Ballot:
        """The vote, when valid."""
        data = {name: self.cleaned_data[name] for name in Ballot.__dataclass_fields__}
        return Ballot(**data)


class StandingForm(Form):
    """Halting a technology, letting it be used again, or retiring it."""

    act = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            (StandingChange.Act.SUSPENDED, _("Suspend it: no use from now on")),
            (StandingChange.Act.REINSTATED, _("Let it be used again")),
            (StandingChange.Act.RETIRED, _("Retire it for good")),
        ],
        widget=RadioTiles,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("One line of at most 300 characters. It is public: name nobody."),
    )

    def clean_reason(self) -> str:
        """One line, as the public record takes it."""
        return one_line(self.cleaned_data["reason"])


class CostForm(Form):
    """What a year cost."""

    year = forms.IntegerField(label=_("Year"), min_value=1990)
    personnel = forms.DecimalField(
        label=_("Personnel, in dollars"), max_digits=12, decimal_places=2, min_value=Decimal(0)
    )
    other = forms.DecimalField(
        label=_("All else, in dollars"), max_digits=12, decimal_places=2, min_value=Decimal(0)
    )
    next_funding = forms.CharField(label=_("Where next year's money comes from"), max_length=300)

    def clean_year(self) -> int:
        """A year that has begun."""
        year = int(self.cleaned_data["year"])
        if year > timezone.localdate().year:
            raise ValidationError(_("The year must not be in the future."))
        return year

    @property
    def spent(self) -> Spent:
        """The answers, when valid."""
        return Spent(**self.cleaned_data)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _searched(technology: Technology) -> str:
    one = technology
    return f"{one.name} {one.slug} {one.vendor} {one.product} {one.purpose}".casefold()
