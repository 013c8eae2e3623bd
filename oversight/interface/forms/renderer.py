"""How a form becomes markup of the design system."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.template import loader

_CLASSES: Final[tuple[tuple[type[forms.Widget], str], ...]] = (
    (forms.Textarea, "usa-textarea"),
    (forms.FileInput, "file-field"),
    (forms.Select, "usa-select"),
    (forms.CheckboxInput, "usa-checkbox__input"),
    (Input, "usa-input"),
)
# Their options carry classes of their own, and the group, not each option, is what is invalid.
_GROUPS: Final = (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)


class UswdsBoundField(BoundField):
    """A field of a form, with what the field template needs to know besides Django's own."""

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label stands behind the box, not above it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def marked_optional(self) -> bool:
        """Optional fields are marked, required ones are not.

        A form whose fields are all optional by nature (filters) says `mark_optional = False`.
        """
        wanted = getattr(self.form, "mark_optional", True)
        return bool(wanted) and not self.field.required and not self.is_single_checkbox

    @property
    def count_limit(self) -> int | None:
        """The number of characters a long text may have, shown below it; None where not shown."""
        limit = self.field.widget.attrs.get("maxlength")
        shown = isinstance(self.field.widget, forms.Textarea) and limit and self.auto_id
        return int(limit) if shown else None

    @property
    def error_target(self) -> str:
        """Id of the control that a link from the error summary leads to; empty if there is none."""
        if self.is_hidden or not self.auto_id:
            return ""
        if self.use_fieldset:
            return f"{self.auto_id}_0"
        return self.id_for_label

    @property
    def aria_describedby(self) -> str | None:
        """Ids of hint, error and count; every one of them is in the field template."""
        ids = super().aria_describedby
        if ids is not None and self.count_limit is not None and not self.is_hidden:
            return f"{ids} {self.auto_id}_count".strip()
        return ids

    def build_widget_attrs(
        self, attrs: Mapping[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built: dict[str, Any] = dict(super().build_widget_attrs(dict(attrs), widget))
        if widget.is_hidden:
            # Nothing stands beside it that could describe it.
            built.pop("aria-describedby", None)
        if isinstance(widget, _GROUPS):
            if not isinstance(widget, forms.MultiWidget):
                built.pop("aria-invalid", None)
            return built
        if css := self._css(widget):
            built["class"] = css
        return built

    def _css(self, widget: forms.Widget) -> str:
        base = next((css for kind, css in _CLASSES if isinstance(widget, kind)), "")
        if widget.is_hidden or not base:
            return str(widget.attrs.get("class", ""))
        error = f"{base}--error" if self.errors else ""
        return " ".join(filter(None, (base, error, widget.attrs.get("class"))))


class UswdsRenderer(TemplatesSetting):
    """Forms in the markup of the design system.

    A template that Django names `django/forms/…` is taken from `templates/interface/forms/…` where
    it is there, so that third-party forms (sign-in) look like ours. Other names, Django's own
    widgets among them, are found by the project's loaders; so `django.forms` is in INSTALLED_APPS.
    """

    form_template_name = "interface/forms/form.html"
    formset_template_name = "interface/forms/formsets/div.html"
    field_template_name = "interface/forms/field.html"
    bound_field_class = UswdsBoundField

    def get_template(self, template_name: str) -> Any:
        ours = template_name.replace("django/forms/", "interface/forms/", 1)
        return loader.select_template([ours, template_name])
