"""What is wrong with the forms of a page, in the order of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.forms import BaseForm, BaseFormSet

from oversight.interface.forms.renderer import UswdsBoundField

FORM_ERRORS: Final = "form_errors"
"""Id of the place where a form shows what is wrong with it as a whole."""


@dataclass(frozen=True)
class Problem:
    """One entry of the error summary: the words at the field, and the id of the field.

    `target` is empty where nothing can be pointed to.
    """

    message: str
    target: str


def problems_of(*forms: object) -> list[Problem]:
    """Every problem of the given forms and form sets, top to bottom; unbound ones have none.

    Anything else is passed over: a template gives an empty text for a form that is not there.
    """
    return [problem for form in forms for problem in _of(form)]


def _of(form: object) -> Iterator[Problem]:
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield Problem(str(message), "")
        for each in form.forms:
            yield from _of_form(each)
    elif isinstance(form, BaseForm):
        yield from _of_form(form)


def _of_form(form: BaseForm) -> Iterator[Problem]:
    for message in form.non_field_errors():
        yield Problem(str(message), errors_id(form))
    for field in form:
        target = field.error_target if isinstance(field, UswdsBoundField) else field.id_for_label
        for message in field.errors:
            yield Problem(str(message), target)


def errors_id(form: BaseForm) -> str:
    """Id of the place of a form's own errors; with the prefix, so that forms do not share it."""
    return f"{form.prefix}-{FORM_ERRORS}" if form.prefix else FORM_ERRORS
