"""Choices with room for an explanation, and long lists that can be searched."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise


class _Tiles(ChoiceWidget):
    """Each choice is a tile, with a line of explanation where `descriptions` has one for it."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        descriptions: Mapping[str, str | Promise] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.descriptions = dict(descriptions or {})

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        option["tile"] = True
        option["description"] = self.descriptions.get(str(option["value"]), "")
        return option


class RadioTiles(_Tiles, forms.RadioSelect):
    """One choice of several, as tiles."""


class CheckboxTiles(_Tiles, forms.CheckboxSelectMultiple):
    """Any number of several choices, as tiles."""


class ComboSelect(forms.Select):
    """One choice of a long list (offence codes, agencies).

    With JavaScript the list can be searched by typing; without, it is a plain select.
    """

    template_name = "interface/forms/widgets/combo.html"


def offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field choose among these; raises `TypeError` for one that has no choices."""
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{field!r} has no choices")
    field.choices = list(choices)


def offer_rows(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Let a field choose among rows; raises `TypeError` for one that has none."""
    if not isinstance(field, forms.ModelChoiceField):
        raise TypeError(f"{field!r} has no rows")
    field.queryset = rows
