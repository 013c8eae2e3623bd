"""Choices that a form learns when it is made."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import ChoiceField, ModelChoiceField

from oversight.interface.forms import Form


def offer(form: Form, name: str, choices: Sequence[tuple[str, Any]]) -> None:
    """Let a field offer these choices; raises TypeError for a field that offers none."""
    field = form.fields[name]
    if not isinstance(field, ChoiceField):
        raise TypeError(f"{name} offers no choices")
    field.choices = choices


def offer_rows(form: Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field offer these rows; raises TypeError for a field that offers none."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField):
        raise TypeError(f"{name} offers no rows")
    field.queryset = rows
