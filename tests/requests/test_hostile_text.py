"""Every text field of the request's forms: markup is kept as text, hidden characters refused."""

import pytest
from django import forms as django_forms

from oversight.interface.forms import Form
from oversight.requests import forms

FORMS = (
    forms.CaseForm,
    forms.LegalBasisForm,
    forms.ImageForm,
    forms.ReturnForm,
    forms.RefuseForm,
    forms.ReportForm,
    forms.WithdrawForm,
)
FIELDS = [
    pytest.param(form, name, id=f"{form.__name__}.{name}")
    for form in FORMS
    for name, field in form.base_fields.items()
    if isinstance(field, django_forms.CharField)
]


def test_no_form_with_text_is_left_out():
    named = {getattr(forms, name) for name in forms.__all__}
    with_text = {
        form
        for form in named
        if issubclass(form, Form)
        and any(isinstance(field, django_forms.CharField) for field in form.base_fields.values())
    }
    assert with_text == set(FORMS)


@pytest.mark.parametrize(("form_class", "name"), FIELDS)
def test_hidden_characters_are_refused_at_the_field(form_class, name):
    form = form_class({"version": 0, name: "26\x1b[2J\u202e-0114"})
    assert not form.is_valid()
    assert "hidden character" in str(form.errors[name])


@pytest.mark.parametrize(("form_class", "name"), FIELDS)
def test_markup_is_text(form_class, name):
    hostile = "<img src=x onerror=alert(1)>{{ 7|add:7 }}{% debug %}"
    form = form_class({"version": 0, name: hostile})
    form.is_valid()
    assert name not in form.errors
    shown = str(form)
    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;{{ 7|add:7 }}" in shown


@pytest.mark.parametrize(("form_class", "name"), FIELDS)
def test_text_without_end_is_refused_with_the_limit(form_class, name):
    form = form_class({"version": 0, name: "x" * 100_000})
    assert not form.is_valid()
    assert "at most" in str(form.errors[name])
