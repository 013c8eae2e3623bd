import pytest
from django import forms as django_forms
from django.core.exceptions import ValidationError
from django.forms import formset_factory
from django.template import Context, Template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from oversight.interface import forms
from oversight.interface.style_guide import FilterForm, SampleForm
from tests.interface.markup import Page, faults


def page_of(form) -> Page:
    html = Template("{% load interface %}<h1>x</h1>{% error_summary form %}<form>{{ form }}</form>")
    return Page(html.render(Context({"form": form})))


@pytest.mark.parametrize("data", [None, {}, {"facts": "x" * 301, "opened_day": "40"}])
def test_every_state_of_a_form_is_sound(data):
    assert faults(page_of(SampleForm(data))) == []


def test_two_forms_on_a_page_share_no_id():
    first, second = (SampleForm({}, prefix=name) for name in ("a", "b"))
    html = Template("{% load interface %}<h1>x</h1>{% error_summary a b %}{{ a }}{{ b }}")
    assert faults(Page(html.render(Context({"a": first, "b": second})))) == []


def test_optional_fields_are_marked_and_required_ones_are_not():
    page = page_of(SampleForm())
    marked = [each.text for each in page.elements if each.tag in {"label", "legend"}]
    assert [text.strip() for text in marked if "optional" in text] == [
        "Unit (optional)",
        "What was seen (optional)",
    ]


def test_filters_are_not_marked_optional():
    assert "optional" not in page_of(FilterForm()).source


def test_hint_and_error_are_what_the_control_refers_to():
    page = page_of(SampleForm({}))
    control = page.one("input", id="id_name")
    assert control.attrs["aria-describedby"].split() == ["id_name_helptext", "id_name_error"]
    assert control.attrs["aria-invalid"] == "true"
    assert "usa-input--error" in control.attrs["class"]
    assert page.one(id="id_name_helptext").text == "As on the report, for example 26-0412."
    assert page.one(id="id_name_error").text == "Error: Enter “Case number”."


def test_without_hint_and_error_the_control_refers_to_nothing():
    control = page_of(SampleForm()).one("input", id="id_note")
    assert "aria-describedby" not in control.attrs


def test_groups_are_described_as_a_whole():
    page = page_of(SampleForm({}))
    groups = {each.attrs.get("aria-describedby") for each in page.all("fieldset")}
    assert "id_basis_helptext id_basis_error" in groups
    radios = page.all("input", type="radio")
    assert radios
    assert not any({"aria-invalid", "aria-describedby"} & set(each.attrs) for each in radios)


def test_tiles_carry_their_explanation():
    page = page_of(SampleForm())
    assert page.one(id="id_basis_0").attrs["class"] == "usa-radio__input usa-radio__input--tile"
    assert "no time to ask" in page.one("span", "usa-radio__label-description").text


def test_long_text_says_its_limit_and_may_have_as_many_lines_as_it_likes():
    page = page_of(SampleForm())
    count = page.one(id="id_facts_count")
    assert count.text == "You can enter up to 300 characters."
    assert count.attrs["data-count-of"] == "id_facts"
    assert "id_facts_count" in page.one("textarea").attrs["aria-describedby"].split()
    field = forms.ProseField(max_length=3)
    assert field.clean("a\r\nb") == "a\nb"
    with pytest.raises(ValidationError, match="at most 3"):
        field.clean("a\r\nbc")


def test_numbers_are_typed_into_a_text_field_with_digits():
    control = page_of(SampleForm()).one(id="id_how_many")
    assert (control.attrs["type"], control.attrs["inputmode"]) == ("text", "numeric")
    assert control.attrs["class"] == "usa-input usa-input--small"


def test_what_was_typed_is_shown_again_escaped():
    nasty = "<script>alert(1)</script>\x07\"'"
    page = page_of(SampleForm({"name": nasty, "facts": nasty, "opened_day": nasty}))
    assert "<script" not in page.source
    assert page.one(id="id_name").attrs["value"] == nasty
    assert page.one(id="id_opened_1").attrs["value"] == nasty


def test_a_hint_is_text_unless_it_was_made_as_markup():
    class Hinted(forms.Form):
        plain = django_forms.CharField(help_text="<b>x</b>")
        made = django_forms.CharField(help_text=format_html("<i>{}</i>", "<y>"))

    page = page_of(Hinted())
    assert not page.all("b")
    assert page.one("i").text == "<y>"


def test_a_password_is_never_shown_again():
    assert "hunter22" not in page_of(SampleForm({"secret": "hunter22"})).source


def test_required_messages_name_the_field_and_keep_special_wording():
    form = SampleForm({})
    assert form.errors["name"] == ["Enter “Case number”."]
    assert form.errors["basis"] == ["Choose an answer for “Why are you asking?”."]
    assert form.errors["picture"] == ["Add a file for “Picture”."]
    assert form.errors["agreed"] == ["Tick “I have read the notice above” to go on."]

    class Own(forms.Form):
        name = django_forms.CharField(error_messages={"required": "Who is it?"})

    assert Own({}).errors["name"] == ["Who is it?"]


class Pair(forms.Form):
    first = django_forms.CharField()
    token = django_forms.CharField(widget=django_forms.HiddenInput)

    def clean(self):
        raise ValidationError("These two do not go together.")


def test_the_summary_links_each_problem_to_its_field_in_the_same_words():
    form = SampleForm({})
    page = page_of(form)
    summary = page.one(id="error-summary")
    assert (summary.attrs["tabindex"], "autofocus" in summary.attrs) == ("-1", True)
    links = [each for each in page.all("a") if summary in each.within]
    assert len(links) == len(form.errors) == 13
    for link in links:
        target = page.one(id=link.attrs["href"][1:])
        assert target.tag in {"input", "select", "textarea"}
        group = next(
            each
            for each in target.within[::-1]
            if "usa-form-group" in each.attrs.get("class", "")
            and "usa-form-group--error" in each.attrs["class"]
        )
        assert f"Error: {link.text}" in group.text


def test_problems_of_the_whole_form_and_of_hidden_fields_are_told():
    page = page_of(Pair({"first": "x"}))
    assert faults(page) == []
    words = page.one(id="error-summary").text
    assert "These two do not go together." in words
    assert "Enter “Token”." in words
    assert page.one(id="form_errors").text == "Error: These two do not go together."


def test_there_is_no_summary_without_problems():
    assert not page_of(SampleForm()).all(id="error-summary")
    assert forms.problems_of(None, "", SampleForm()) == []


def test_problems_of_form_sets_come_in_the_order_of_the_page():
    sets = formset_factory(Pair, formset=django_forms.BaseFormSet, min_num=2, validate_min=True)
    bound = sets({"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-first": "x"})
    targets = [each.target for each in forms.problems_of(bound)]
    assert targets == ["", "form-0-form_errors", "", "form-1-form_errors", "id_form-1-first", ""]


def test_third_party_forms_look_like_ours():
    class Theirs(django_forms.Form):
        login = django_forms.CharField(help_text=mark_safe("<a href='/reset/'>Forgotten?</a>"))

    for html in (Theirs({}).as_p(), Theirs({}).as_div(), str(Theirs({}))):
        page = Page(f"<h1>x</h1>{html}")
        assert faults(page) == []
        assert page.one("input").attrs["class"] == "usa-input usa-input--error"


def test_a_searchable_list_is_a_plain_select_without_javascript():
    page = page_of(SampleForm({"code": "07"}))
    select = page.one("select", id="id_code")
    assert "usa-combo-box" in select.within[-1].attrs["class"]
    assert len([each for each in page.all("option") if select in each.within]) == 40
    assert page.one("option", value="07").attrs.keys() >= {"selected"}
    assert page.one("div", "usa-combo-box").attrs["data-default-value"] == "07"
