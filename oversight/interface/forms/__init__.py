"""Forms as every page shows them: the renderer, the widgets of the design system, the problems.

Set `FORM_RENDERER = "oversight.interface.forms.UswdsRenderer"`; then `{{ form }}` and
`{{ form.field.as_field_group }}` give finished, labelled markup.
"""

from oversight.interface.forms.choices import (
    CheckboxTiles,
    ComboSelect,
    RadioTiles,
    offer,
    offer_rows,
)
from oversight.interface.forms.dates import MemorableDateField, MemorableDateWidget
from oversight.interface.forms.moments import MomentField, MomentWidget
from oversight.interface.forms.plain import Form, ModelForm, PlainErrors, ProseField
from oversight.interface.forms.problems import Problem, problems_of
from oversight.interface.forms.renderer import UswdsBoundField, UswdsRenderer

__all__ = [
    "CheckboxTiles",
    "ComboSelect",
    "Form",
    "MemorableDateField",
    "MemorableDateWidget",
    "ModelForm",
    "MomentField",
    "MomentWidget",
    "PlainErrors",
    "Problem",
    "ProseField",
    "RadioTiles",
    "UswdsBoundField",
    "UswdsRenderer",
    "offer",
    "offer_rows",
    "problems_of",
]
