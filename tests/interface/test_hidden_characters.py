"""Hidden characters are refused in every text field, with their code point; visible ones pass."""

import pytest
from django import forms as django_forms
from hypothesis import given
from hypothesis import strategies as st

from oversight.interface import forms


class Note(forms.Form):
    title = django_forms.CharField(max_length=50)
    text = forms.ProseField(max_length=500)


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u202e", "\u2066"])
@pytest.mark.parametrize("name", ["title", "text"])
def test_a_hidden_character_is_refused_and_named(name, hidden):
    form = Note({"title": "a", "text": "b", name: f"before{hidden}after"})
    assert not form.is_valid()
    assert list(form.errors) == [name]


def test_lines_and_tabs_of_prose_pass():
    assert Note({"title": "a", "text": "one\r\ntwo\tthree"}).is_valid()


@given(st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=40))
def test_every_visible_text_passes(text):
    assert Note({"title": text, "text": "b"}).is_valid()
