"""Fields that several steps use."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oversight.interface.forms import RadioTiles


class YesNoField(forms.TypedChoiceField):
    """A question that must be answered with yes or no: an untouched one is not a no."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda answer: answer == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored answer as the button it was."""
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value


class OneOfField(forms.ChoiceField):
    """One of a few, as tiles."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=RadioTiles, **kwargs)
