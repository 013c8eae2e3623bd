"""Forms whose messages name the field, and long plain text."""

import unicodedata
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_LINES: Final = "\n\r\t"
# They reorder what stands beside them, so that a text reads otherwise than it is stored.
_REORDERING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CHOICES: Final = (forms.ChoiceField, forms.ModelChoiceField)


def refuse_hidden_characters(value: object) -> None:
    """Raise ValidationError for characters that nobody sees: controls and reordering marks."""
    for character in str(value):
        hidden = unicodedata.category(character) in ("Cc", "Cs") and character not in _LINES
        if hidden or character in _REORDERING:
            raise ValidationError(
                _("The text has a hidden character (%(name)s). Remove it, or type the text anew."),
                code="hidden_character",
                params={"name": f"U+{ord(character):04X}"},
            )


class PlainErrors(forms.BaseForm):
    """Replaces "This field is required" by a message that says which one and what to do.

    The same words stand at the field and in the error summary, where the field is out of sight.
    A field's own `error_messages["required"]` is kept. Text with hidden characters is refused.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        general = forms.Field.default_error_messages["required"]
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                field.validators.append(refuse_hidden_characters)
            if field.error_messages.get("required") == general:
                label = field.label or forms.utils.pretty_name(name)
                field.error_messages["required"] = _request_for(field) % {"label": label}


def _request_for(field: forms.Field) -> Any:
    if isinstance(field, forms.FileField):
        return _("Add a file for “%(label)s”.")
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s” to go on.")
    if isinstance(field, _CHOICES):
        return _("Choose an answer for “%(label)s”.")
    return _("Enter “%(label)s”.")


class Form(PlainErrors, forms.Form):
    """The form that rooms build on."""


class ModelForm(PlainErrors, forms.ModelForm):  # type: ignore[type-arg]  # generic in stubs only
    """The model form that rooms build on."""


class ProseField(forms.CharField):
    """Several lines of plain text, at most `max_length` characters, counted as the browser does.

    Browsers count a line break as one character and send two; it is made one again before it is
    counted and kept, so that a text the page accepted is not refused afterwards.
    """

    def __init__(self, *, max_length: int, rows: int = 5, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        return super().to_python(value)
