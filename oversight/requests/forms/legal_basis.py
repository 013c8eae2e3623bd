"""Step 2: the predicate with its facts, what was tried first, authority, exigency."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import MemorableDateField, MomentField, ProseField
from oversight.requests import codes
from oversight.requests.forms.questions import OneOfField, YesNoField
from oversight.requests.forms.steps import Answers, StepForm, day_of, moment_of, plain


class LegalBasisForm(StepForm):
    """Why this search is lawful, in facts that a court could read."""

    predicate_level = OneOfField(
        label=_("How firm is the suspicion?"), choices=codes.choices(codes.PREDICATES)
    )
    predicate_facts = ProseField(
        label=_("Facts"),
        max_length=5000,
        help_text=_("What is known, and how. Two or three sentences that stand by themselves."),
    )
    alternatives_tried = ProseField(
        label=_("What has been tried before"),
        max_length=2000,
        rows=3,
        required=False,
        help_text=_("One a line: asked for identification, canvassed witnesses, checked records."),
    )
    suspicion_specific = YesNoField(
        label=_("Is this person suspected of a crime, whatever the place or event?"),
    )
    protected_basis = YesNoField(
        label=_("Does the request rest on speech, belief, association or a protected class?"),
    )
    authority_type = forms.ChoiceField(
        label=_("Warrant, order or consent"),
        required=False,
        choices=[("", _("None")), *codes.choices(codes.AUTHORITIES)],
    )
    authority_issuer = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    authority_number = forms.CharField(label=_("Number"), max_length=100, required=False)
    authority_from = MemorableDateField(label=_("Valid from"), required=False)
    authority_to = MemorableDateField(label=_("Valid until"), required=False)
    exigency_facts = ProseField(
        label=_("Facts of the emergency"), max_length=2000, rows=3, required=False
    )
    exigency_authoriser = forms.CharField(
        label=_("Who declared the emergency"), max_length=200, required=False
    )
    exigency_started_at = MomentField(label=_("Emergency since"), required=False)

    def clean(self) -> Answers:
        """Authority and exigency are whole or absent."""
        cleaned: Answers = super().clean() or self.cleaned_data
        authority = ("authority_type", "authority_issuer", "authority_from", "authority_to")
        exigency = ("exigency_facts", "exigency_authoriser", "exigency_started_at")
        self._all_or_none(authority, _("Complete the warrant, order or consent, or leave it out."))
        self._all_or_none(exigency, _("Complete the emergency, or leave it out."))
        start, end = cleaned.get("authority_from"), cleaned.get("authority_to")
        if start and end and end < start:
            self.add_error("authority_to", _("The last day must not be before the first."))
        return cleaned

    def answers(self) -> Answers:
        """Return the step's answers; alternatives as a list, one a line."""
        data = self.cleaned_data
        lines = [line.strip() for line in data["alternatives_tried"].splitlines()]
        return {
            "predicate_level": data["predicate_level"],
            "predicate_facts": data["predicate_facts"],
            "alternatives_tried": [line for line in lines if line],
            "suspicion_specific": data["suspicion_specific"],
            "protected_basis": data["protected_basis"],
            "authority": self._authority(),
            "exigency": self._exigency(),
        }

    @classmethod
    def initial_from(cls, answers: Mapping[str, Any]) -> Answers:
        """Return the fields for answers given before."""
        authority, exigency = answers.get("authority") or {}, answers.get("exigency") or {}
        return {
            **answers,
            "alternatives_tried": "\n".join(answers.get("alternatives_tried", [])),
            "authority_type": authority.get("type"),
            "authority_issuer": authority.get("issuer"),
            "authority_number": authority.get("number"),
            "authority_from": day_of(authority.get("valid_from")),
            "authority_to": day_of(authority.get("valid_to")),
            "exigency_facts": exigency.get("facts"),
            "exigency_authoriser": exigency.get("authoriser"),
            "exigency_started_at": moment_of(exigency.get("started_at")),
        }

    def _all_or_none(self, names: tuple[str, ...], message: Any) -> None:
        missing = [name for name in names if not self.cleaned_data.get(name)]
        if 0 < len(missing) < len(names):
            self.add_error(missing[0], message)

    def _authority(self) -> Answers | None:
        data = self.cleaned_data
        if not data["authority_type"]:
            return None
        return {
            "type": data["authority_type"],
            "issuer": data["authority_issuer"],
            "number": data["authority_number"],
            "valid_from": plain(data["authority_from"]),
            "valid_to": plain(data["authority_to"]),
        }

    def _exigency(self) -> Answers | None:
        data = self.cleaned_data
        if not data["exigency_facts"]:
            return None
        return {
            "facts": data["exigency_facts"],
            "authoriser": data["exigency_authoriser"],
            "started_at": plain(data["exigency_started_at"]),
        }
