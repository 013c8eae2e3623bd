"""What examiners and officers fill in."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, ProseField, RadioTiles
from oversight.leads.checklist import COMPONENTS, Finding
from oversight.leads.models import SAME, Judgement, Release, Support
from oversight.leads.services import Findings

TEXT_LIMIT: Final = 2000
_PREFIX: Final = "feature_"
_AFTER_THE_CHECKLIST: Final = ("similarities", "dissimilarities", "support", "note")
_DIFFERENT: Final = (Support.LIMITED_DIFFERENT, Support.STRONG_DIFFERENT)
_DESCRIPTIONS: Final = {
    Support.STRONG_SAME: _(
        "Many features agree, some of them rare, and nothing speaks against it."
    ),
    Support.LIMITED_SAME: _("What can be seen agrees, but is common or partly hidden."),
    Support.INCONCLUSIVE: _("What can be seen speaks for neither."),
    Support.LIMITED_DIFFERENT: _("Something differs that time or the image might explain."),
    Support.STRONG_DIFFERENT: _("Something differs that nothing explains."),
    Support.UNSUITABLE: _("There is no photograph, or too little can be seen in it."),
}


class JudgementForm(Form):
    """The comparison of the probe with one candidate, feature by feature."""

    # What is needed follows from the conclusion, so nothing is marked as optional.
    mark_optional = False

    support = forms.ChoiceField(
        label=_("What does your comparison support?"),
        choices=Support.choices,
        widget=RadioTiles(descriptions={str(key): text for key, text in _DESCRIPTIONS.items()}),
        help_text=_("It is an opinion on this pair of photographs, not a probability."),
    )
    similarities = ProseField(
        label=_("Similarities"),
        max_length=TEXT_LIMIT,
        rows=4,
        required=False,
        help_text=_("What agrees, and how telling it is."),
    )
    dissimilarities = ProseField(
        label=_("Dissimilarities"),
        max_length=TEXT_LIMIT,
        rows=4,
        required=False,
        help_text=_("What differs, and what might explain it. If you saw none, say so."),
    )
    note = ProseField(
        label=_("Note"),
        max_length=TEXT_LIMIT,
        rows=3,
        required=False,
        help_text=_(
            "Quality, pose, light, age: whatever limits the comparison. It may be left empty "
            "where your conclusion speaks for or against."
        ),
    )

    def __init__(self, *args: Any, has_image: bool, **kwargs: Any) -> None:
        """Offer the checklist; without a photograph there is one conclusion only."""
        super().__init__(*args, **kwargs)
        for slug, (name, _hint) in COMPONENTS.items():
            self.fields[_PREFIX + slug] = forms.ChoiceField(
                label=name,
                choices=Finding.choices,
                initial=Finding.NOT_COMPARED,
                widget=forms.RadioSelect,
            )
        # As on the page, so that the error summary goes from top to bottom.
        self.order_fields([*(_PREFIX + slug for slug in COMPONENTS), *_AFTER_THE_CHECKLIST])
        if not has_image:
            support = self.fields["support"]
            unsuitable = (Support.UNSUITABLE.value, Support.UNSUITABLE.label)
            support.choices = support.widget.choices = [unsuitable]  # type: ignore[attr-defined]  # of ChoiceField

    @property
    def checklist(self) -> Sequence[tuple[BoundField, object]]:
        """The features in their order, each with what belongs to it."""
        return [(self[_PREFIX + slug], hint) for slug, (_name, hint) in COMPONENTS.items()]

    @property
    def after_the_checklist(self) -> Sequence[BoundField]:
        """What is asked once the features have been gone through."""
        return [self[name] for name in _AFTER_THE_CHECKLIST]

    def clean(self) -> dict[str, Any]:
        """A conclusion needs its grounds, those against it included (R24)."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        support, found = cleaned.get("support"), set(features_in(cleaned).values())
        if support in SAME:
            self._needs(Finding.SIMILAR in found, "support", _NO_SIMILAR)
            self._needs(bool(cleaned.get("similarities")), "similarities", _SAY_SIMILAR)
            self._needs(bool(cleaned.get("dissimilarities")), "dissimilarities", _SAY_DIFFERENT)
        elif support in _DIFFERENT:
            self._needs(Finding.DIFFERENT in found, "support", _NO_DIFFERENT)
            self._needs(bool(cleaned.get("dissimilarities")), "dissimilarities", _SAY_DIFFERENT)
        elif support:
            self._needs(bool(cleaned.get("note")), "note", _SAY_WHY)
        return cleaned

    @property
    def findings(self) -> Findings:
        """What was entered, once the form is valid."""
        cleaned = self.cleaned_data
        return Findings(
            support=Support(cleaned["support"]),
            features=features_in(cleaned),
            similarities=cleaned["similarities"],
            dissimilarities=cleaned["dissimilarities"],
            note=cleaned["note"],
        )

    def _needs(self, fulfilled: bool, field: str, message: Any) -> None:
        if not fulfilled and field not in self.errors:
            self.add_error(field, message)


_NO_SIMILAR: Final = _("Mark at least one feature as similar, or choose another conclusion.")
_NO_DIFFERENT: Final = _("Mark at least one feature as different, or choose another conclusion.")
_SAY_SIMILAR: Final = _("Write down the similarities that your conclusion rests on.")
_SAY_DIFFERENT: Final = _("Write down the dissimilarities; if you saw none, say so.")
_SAY_WHY: Final = _("Write in the note why no more can be said.")


def features_in(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """Return the checklist's findings from a form's cleaned data, by component."""
    return {
        slug: str(cleaned[_PREFIX + slug]) for slug in COMPONENTS if cleaned.get(_PREFIX + slug)
    }


class ConclusionForm(Form):
    """The end of an examination: nobody, or one of the candidates that it supports."""

    NOBODY: Final = "nobody"

    names = forms.ChoiceField(label=_("What do you conclude?"), widget=RadioTiles())
    sure = forms.BooleanField(
        label=_("I compared every candidate myself. I know that this cannot be changed afterwards.")
    )

    def __init__(
        self, *args: Any, supported: Sequence[tuple[int, Judgement]], **kwargs: Any
    ) -> None:
        """Offer nobody, and each supported candidate by its position in this examiner's order."""
        super().__init__(*args, **kwargs)
        self.supported = {str(position): judgement for position, judgement in supported}
        field = self.fields["names"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (narrows the type)
        field.choices = [
            (self.NOBODY, _("No candidate")),
            *(
                (position, _("Candidate %(number)s: lead") % {"number": position})
                for position in self.supported
            ),
        ]

    @property
    def judgement(self) -> Judgement | None:
        """The judgement that is named, once the form is valid; None for nobody."""
        return self.supported.get(self.cleaned_data["names"])


class ReleaseForm(Form):
    """Why an examination is handed back."""

    reason = forms.ChoiceField(
        label=_("Why do you hand it back?"),
        choices=[
            (reason.value, reason.label)
            for reason in (Release.Reason.CONFLICT, Release.Reason.HANDED_BACK)
        ],
        widget=RadioTiles(),
    )


class StartForm(Form):
    """The examiner's word that nothing stands between them and a fair comparison."""

    independent = forms.BooleanField(
        label=_("I have not discussed this search with anybody, and I have no stake in the case.")
    )


class NoticeForm(Form):
    """The officer's acceptance of what a lead is and is not."""

    accepted = forms.BooleanField(
        label=_("I have read this notice and will keep to it."),
    )
