"""The catalogue of translations: what is found, what is wrong, and that nothing is wrong with ours."""

import polib
import pytest
from django.utils.translation import override

from oversight.policy.translations import as_written, wording
from oversight.site.catalogue.check import problems, problems_of
from oversight.site.catalogue.extract import Message, UnreadableError, messages_in
from oversight.site.catalogue.files import compile_all
from oversight.site.catalogue.update import update
from oversight.site.paths import BASE_DIR

_TEMPLATE = """{% load i18n %}
{% translate "Sign in" %} {% translate 'With a "quote"' %} {{ value|default:_("None yet") }}
{% blocktranslate trimmed count n=found|length %}
  {{ n }} rule
{% plural %}
  {{ n }} rules
{% endblocktranslate %}
{% details summary=_("For programmers") %}{% enddetails %}{# {% translate "Not this" %} #}"""
_MODULE = """
from django.utils.translation import gettext as _, ngettext, pgettext
A = _("One "
      "sentence.")
B = ngettext("%(n)s day", "%(n)s days", 2)
C = pgettext("decision", "Refused")
D = _(A)
"""


def _found(tmp_path, monkeypatch, name, text):
    monkeypatch.setattr("oversight.site.catalogue.extract.BASE_DIR", tmp_path)
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return messages_in([path])


def test_texts_of_templates_are_found_as_django_looks_them_up(tmp_path, monkeypatch):
    found = _found(tmp_path, monkeypatch, "page.html", _TEMPLATE)
    assert {message.text: message.plural for message in found.values()} == {
        "Sign in": "",
        'With a "quote"': "",
        "None yet": "",
        "%(n)s rule": "%(n)s rules",
        "For programmers": "",
    }


def test_texts_of_modules_are_found(tmp_path, monkeypatch):
    found = _found(tmp_path, monkeypatch, "module.py", _MODULE)
    assert set(found) == {("", "One sentence."), ("", "%(n)s day"), ("decision", "Refused")}
    assert found["", "%(n)s day"].plural == "%(n)s days"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '_(f"{count} searches")'),
        ("a.py", '_("Searches: " + name)'),
        ("a.html", '{% load i18n %}{% translate "They say \\"no\\"." %}'),
    ],
)
def test_a_text_that_no_catalogue_can_hold_is_refused(tmp_path, monkeypatch, name, text):
    with pytest.raises(UnreadableError, match=name):
        _found(tmp_path, monkeypatch, name, text)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgstr": "Quedan %(n)s."}, None),
        ({"msgstr": ""}, "no translation"),
        ({"msgstr": "Quedan %(m)s."}, "placeholders"),
        ({"msgstr": "Quedan."}, "placeholders"),
        ({"msgstr": "Quedan %(n)s.", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgstr": "Quedan %(n)s.", "obsolete": True}, "no translation"),
        ({"msgid": "%(n)s were left.", "msgstr": "Quedaron %(n)s."}, "no longer used"),
        ({"msgid_plural": "%(n)s left", "msgstr_plural": {0: "%(n)s"}}, "plural forms"),
    ],
)
def test_what_is_wrong_with_a_translation_is_told(tmp_path, entry, fault):
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(**{"msgid": "%(n)s left.", **entry}))
    path = tmp_path / "es.po"
    catalogue.save(str(path))
    message = Message("%(n)s left.", place="page.html")
    told = "\n".join(problems_of(path, {message.key: message}))
    assert (fault in told) if fault else told == ""


def test_a_changed_english_text_loses_its_translation(tmp_path):
    path, old, new = tmp_path / "es.po", Message("Old.", context="r"), Message("New.", context="r")
    assert update(path, {old.key: old}) == 1
    catalogue = polib.pofile(str(path))
    catalogue[0].msgstr = "Viejo."
    catalogue.save()
    assert update(path, {old.key: old}) == 0
    assert update(path, {new.key: new}) == 1
    assert [entry.msgid for entry in polib.pofile(str(path))] == ["New."]


def test_compiling_again_is_quick_and_a_change_is_noticed(tmp_path):
    path = tmp_path / "es.po"
    message = Message("Yes")
    update(path, {message.key: message})
    assert compile_all(tmp_path / "out", [path]) is True
    assert compile_all(tmp_path / "out", [path]) is False
    path.write_text(path.read_text().replace('msgstr ""\n', 'msgstr "Sí"\n'), encoding="utf-8")
    assert compile_all(tmp_path / "out", [path]) is True
    assert polib.mofile(str(tmp_path / "out/es/LC_MESSAGES/django.mo"))[-1].msgstr == "Sí"


def test_everything_that_the_public_reads_is_in_spanish():
    assert problems() == []
    assert (BASE_DIR / "oversight/policy/packs/es/lapd-2021.po").is_file()


def test_a_rule_is_shown_in_spanish_only_while_its_english_is_the_one_translated():
    english = "No live video"
    with override("es"):
        said = wording("lapd-2021/no-live-video", english)
        assert (said.text, said.english, said.translated) == ("Sin video en vivo", english, True)
        changed = wording("lapd-2021/no-live-video", "No live video at all")
        assert changed.__html__() == '<span lang="en">No live video at all</span>'
        assert as_written("LAPD notice") == '<span lang="en">LAPD notice</span>'
    assert wording("lapd-2021/no-live-video", english).text == english
    assert as_written("LAPD notice") == "LAPD notice"
