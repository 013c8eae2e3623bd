"""Finding a rule."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import Form, offer
from oversight.policy.gate import Catalogue
from oversight.policy.presenting.lawbook import HOUSE, RuleRow
from oversight.policy.presenting.safeguards import safeguard_text
from oversight.policy.presenting.words import EVIDENCE
from oversight.policy.translations import wording


class RuleFilters(Form):
    """Words, city, safeguard and evidence; what is not understood filters nothing."""

    mark_optional = False

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    safeguard = forms.ChoiceField(label=_("Safeguard"), required=False)
    evidence = forms.ChoiceField(
        label=_("Evidence"), required=False, choices=[("", _("Any")), *EVIDENCE.items()]
    )

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        """Offer the agencies and safeguards that there are."""
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        agencies = sorted((one.name, slug) for slug, one in catalogue.agencies.items())
        numbers = [(number, safeguard_text(number)) for number in catalogue.by_safeguard()]
        self._offer("agency", [(slug, name) for name, slug in agencies])
        self._offer("safeguard", numbers)

    @property
    def used(self) -> bool:
        """Whether any filter was chosen."""
        return any(self.data.get(name) for name in self.fields)

    def narrowed(self, rows: list[RuleRow]) -> list[RuleRow]:
        """The rows that pass; none if a filter is wrong."""
        return list(self._passing(rows)) if self.is_valid() else []

    def _passing(self, rows: list[RuleRow]) -> Iterator[RuleRow]:
        chosen = self.cleaned_data
        bound = self.catalogue.bound.get(chosen["agency"], ())
        for row in rows:
            if chosen["agency"] and row.instrument.slug not in (HOUSE, *bound):
                continue
            if chosen["safeguard"] not in ("", row.rule.safeguard):
                continue
            if chosen["evidence"] not in ("", row.rule.evidence):
                continue
            if all(word in _searched(row) for word in chosen["words"].casefold().split()):
                yield row

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        offer(self.fields[name], [("", _("Any")), *choices])


def _searched(row: RuleRow) -> str:
    rule, instrument = row.rule, row.instrument
    texts = (
        *(rule.id, rule.title, rule.message, rule.remedy or "", rule.citation),
        *(row.safeguard, instrument.title, instrument.jurisdiction),
        *(str(wording(rule.id, text)) for text in (rule.title, rule.message)),
        str(wording(instrument.slug, instrument.title)),
    )
    return " ".join(texts).casefold()
