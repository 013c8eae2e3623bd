"""The facts of an imagined search, as questions with choices: no text, nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import SummaryRow, Text
from oversight.interface.display import date_text
from oversight.interface.forms import ComboSelect, Form, MemorableDateField, offer
from oversight.policy import codes
from oversight.policy.gate import Catalogue
from oversight.policy.translations import wording

YES_NO: Final = [("yes", _("Yes")), ("no", _("No"))]


class _OneOf(forms.ChoiceField):
    """One of a list; what an address does not say is the usual answer, the first unless told."""

    def __init__(self, label: Any, labels: codes.Labels, initial: str = "", **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=codes.choices(labels),
            initial=initial or next(iter(labels)),
            **kwargs,
        )


class _YesNo(forms.ChoiceField):
    def __init__(self, label: Any, initial: str) -> None:
        super().__init__(label=label, choices=YES_NO, initial=initial, widget=forms.RadioSelect)


class _Several(forms.MultipleChoiceField):
    def __init__(self, label: Any, labels: codes.Labels | None = None, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            choices=codes.choices(labels or {}),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )


_NONE: Final[codes.Labels] = {"": _("None")}

SHORT: Final = ("action", "purpose", "nibrs", "predicate", "source", "mode")
"""What tells most searches apart: asked first, in sight."""

GROUPS: Final[tuple[tuple[str, Text, tuple[str, ...]], ...]] = (
    ("who", _("Whose rules, and when"), ("agencies", "day")),
    ("why", _("More about the offense"), ("severity", "listed", "exception")),
    (
        "basis",
        _("On what basis"),
        ("written", "tried", "specific", "protected", "authority", "emergency"),
    ),
    (
        "image",
        _("More about the image"),
        ("kind", "shows", "quality", "faces", "minor", "context", "edits"),
    ),
    (
        "search",
        _("The search"),
        ("performed", "on_behalf", "system", "gallery", "approved", "candidates"),
    ),
    (
        "people",
        _("The people and the papers"),
        ("training", "suspended", "overdue", "published", "accuracy"),
    ),
    (
        "receive",
        _("A result that someone else produced"),
        ("solicited", "one_crime", "logged"),
    ),
    (
        "acquire",
        _("Technology to be acquired"),
        ("technology", "body_approved", "impact_report", "use_policy"),
    ),
)
"""The other questions, folded away until an answer differs from the usual one.

The last two bear the name of the action that they are about.
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together."""

    name: str
    title: Text
    fields: Sequence[forms.BoundField]
    is_open: bool


class AskForm(Form):
    """Every fact has a usual answer, that of an ordinary lawful search in Los Angeles."""

    mark_optional = False

    agencies = _Several(_("Agencies"), help_text=_("None ticked: all of them."))
    action = _OneOf(
        _("What is planned"),
        {
            "submit": _("A search"),
            "receive": _("Use of a result that someone else produced"),
            "acquire": _("Acquiring a technology"),
        },
    )
    day = MemorableDateField(
        label=_("On which day"),
        required=False,
        earliest=date(1990, 1, 1),
        latest=date(2099, 12, 31),
        help_text=_("Empty: today."),
    )
    purpose = _OneOf(_("Purpose"), codes.PURPOSES)
    nibrs = forms.ChoiceField(
        label=_("Offense"),
        initial="120",
        required=False,
        widget=ComboSelect,
        choices=[
            ("", _("None")),
            *((code, format_lazy("{} {}", code, name)) for code, name in codes.NIBRS.items()),
        ],
    )
    severity = _OneOf(_("Severity of the offense"), codes.SEVERITIES)
    listed = _Several(_("Statutory lists that it stands on"), codes.STATUTORY_LISTS)
    exception = forms.ChoiceField(label=_("Exception that is claimed"), required=False)
    predicate = _OneOf(_("Suspicion"), codes.PREDICATES, "probable_cause")
    written = _YesNo(_("Are the facts of the suspicion written down?"), "yes")
    tried = _YesNo(_("Have other means been tried?"), "yes")
    specific = _YesNo(_("Is this person suspected of a crime, whatever the place?"), "yes")
    protected = _YesNo(_("Does the search rest on protest, belief or a protected class?"), "no")
    authority = _OneOf(
        _("Warrant, order or consent"), {**_NONE, **codes.AUTHORITIES}, required=False
    )
    emergency = forms.IntegerField(
        label=_("Hours since a documented emergency began"),
        help_text=_("Empty: no emergency."),
        required=False,
        min_value=0,
        max_value=10_000,
    )
    source = _OneOf(_("Where the image comes from"), codes.PROBE_SOURCES, "fixed_cctv_private")
    kind = _OneOf(_("Kind of image"), codes.PROBE_KINDS, "video_still")
    mode = _OneOf(_("How the image is searched"), codes.PROBE_MODES)
    shows = _YesNo(_("Does the image show the person sought?"), "yes")
    quality = _OneOf(_("Quality of the image"), {"good": _("Good"), "poor": _("Poor")})
    faces = _OneOf(
        _("Faces in the image"),
        {
            "one": _("One"),
            "chosen": _("Several, one of them chosen"),
            "several": _("Several, none chosen"),
        },
    )
    minor = _YesNo(_("Does the person appear to be under 18?"), "no")
    context = _Several(_("Where the image was taken"), codes.CAPTURE_CONTEXTS)
    edits = _Several(_("What has been changed in the image"), codes.EDITS)
    performed = _OneOf(_("Who runs the search"), codes.PERFORMERS, "county_system")
    on_behalf = forms.ChoiceField(label=_("Is it for another agency?"), required=False)
    system = _OneOf(
        _("System"),
        {
            "approved": _("On the inventory of approved technology"),
            **{code: label for code, label in codes.SYSTEM_CLASSES.items() if code != "county"},
        },
        help_text=_("All but the first are not on the inventory."),
    )
    gallery = _OneOf(_("Gallery"), codes.GALLERY_CLASSES)
    approved = _YesNo(_("Is the gallery approved?"), "yes")
    candidates = forms.IntegerField(
        label=_("Candidates at most"), initial=20, min_value=1, max_value=10_000
    )
    training = _OneOf(
        _("Training of the officer"),
        {
            "review": _("Facial review, within a year"),
            "examination": _("Facial examination, within a year"),
            "old": _("Facial review, older than a year, still valid"),
            "lapsed": _("Lapsed"),
            "none": _("None"),
        },
    )
    suspended = _YesNo(_("Is the officer suspended?"), "no")
    overdue = _YesNo(_("Does the officer owe reports?"), "no")
    published = _YesNo(_("Is the agency's policy published?"), "yes")
    accuracy = _OneOf(
        _("Evidence of accuracy"),
        {
            "all": _("At least 98 of 100 found, in every group"),
            "some": _("On file, but not for every group"),
            "none": _("None on file"),
        },
    )
    solicited = _YesNo(_("Was the result asked for?"), "no")
    one_crime = _YesNo(_("Is the result about one specific crime?"), "yes")
    logged = _YesNo(_("Is the receipt of the result logged?"), "yes")
    technology = _OneOf(
        _("Technology"),
        {"face_recognition": _("Face recognition"), "alpr": _("License plate readers")},
    )
    body_approved = _YesNo(_("Has the governing body approved the technology?"), "no")
    impact_report = _YesNo(_("Is there an impact report?"), "no")
    use_policy = _YesNo(_("Is the use policy of the technology published?"), "no")

    def __init__(self, asked: QueryDict, *, found: Catalogue) -> None:
        """Read an address; what it does not say is answered as usual."""
        given = asked.copy()
        for name, field in self.base_fields.items():
            if name not in given and field.initial is not None:
                given[name] = field.initial
        super().__init__(given if asked else None)
        agencies = sorted((one.name, slug) for slug, one in found.agencies.items())
        named = [(slug, name) for name, slug in agencies]
        exceptions = [
            (one.code, str(wording(pack.slug, one.message)))
            for pack in found.instruments
            for one in pack.exceptions
        ]
        offer(self.fields["agencies"], named)
        offer(self.fields["on_behalf"], [("", _("No, for its own case")), *named])
        offer(self.fields["exception"], [("", _("None")), *exceptions])

    @property
    def short(self) -> list[forms.BoundField]:
        """The questions that are asked first."""
        return [self[name] for name in SHORT]

    @property
    def groups(self) -> list[Group]:
        """The other questions; open where something is answered, amiss or needed for the action."""
        told = {*self.changed_data, *self.errors} if self.is_bound else set()
        action = self.data.get("action")
        return [
            Group(
                name, title, [self[one] for one in names], name == action or bool(told & {*names})
            )
            for name, title, names in GROUPS
        ]

    @property
    def unusual(self) -> list[SummaryRow]:
        """Each answer that is not the one of an ordinary search, in the order of the questions."""
        changed = {*self.changed_data}
        names = (*SHORT, *(name for _group, _title, names in GROUPS for name in names))
        return [
            SummaryRow(str(self[name].label), _said(self.fields[name], self.cleaned_data[name]))
            for name in names
            if name in changed
        ]


def _said(field: forms.Field, value: Any) -> str | list[str]:
    """An answer in the words of its question."""
    if isinstance(value, date):
        return date_text(value)
    choices = cast("list[tuple[str, Text]]", getattr(field, "choices", []))
    words = dict(choices)
    if isinstance(value, list):
        return [str(words[one]) for one in value]
    return str(words.get(value, value))
