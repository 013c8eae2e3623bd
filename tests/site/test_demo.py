"""The demonstration's parts: reading pages, filling in forms, its photographs and people."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from PIL import Image

from oversight.people.models import Agency, Person, Role
from oversight.people.selectors import roles_of
from oversight.people.services import create_person
from oversight.site.demo.browser import Page, StoryError
from oversight.site.demo.html import fields_of, read
from oversight.site.demo.names import NAMES
from oversight.site.demo.photographs import lay_out
from oversight.site.demo.story import same_photograph
from tests.conftest import acting_as

PAGE = """
<!doctype html><title>x</title>
<header><form action="/sign-out/" method="post"><input name="token" value="1"></form></header>
<main><h1>A  <em>heading</em> &amp; more</h1>
<form action="/next/" method="post" enctype="multipart/form-data">
  <input type="hidden" name="token" value="2">
  <input name="text" value="typed"><textarea name="prose">two
lines</textarea>
  <select name="one"><option value="a">A<option value="b" selected>B</select>
  <select name="first"><option value="a">A</option><option>Bee</option></select>
  <input type="radio" name="choice" value="yes"><input type="radio" name="choice" value="no" checked>
  <input type="checkbox" name="ticked" checked><input type="checkbox" name="unticked">
  <input type="file" name="image"><button name="step" value="go">Go</button>
</form><a href="/somewhere/">There</a><br><img src="x.png"></main>
"""


class Answer:
    url, status_code, text = "http://127.0.0.1/here/", 200, PAGE


def test_a_form_sends_what_a_browser_would_send_untouched():
    form = Page(Answer()).form("text")
    assert fields_of(form) == {
        "token": ["2"],
        "text": ["typed"],
        "prose": ["two\nlines"],
        "one": ["b"],
        "first": ["a"],
        "choice": ["no"],
        "ticked": ["on"],
        "unticked": [],
        "image": [],
    }


def test_a_page_is_read_as_people_read_it():
    page = Page(Answer())
    assert page.title == "A heading & more"
    assert page.link("some") == "/somewhere/"
    assert page.link("else") is None


def test_a_form_that_is_not_there_quotes_the_page():
    with pytest.raises(StoryError, match=r"no form with .*absent.*A heading & more"):
        Page(Answer()).form("absent")


def test_broken_markup_is_read_as_far_as_it_goes():
    root = read("<div><p>one<p>two</div></span><b>three")
    assert root.text == "one two three"


def test_the_gallery_is_cut_from_installed_photographs(tmp_path):
    photographs = lay_out(tmp_path)
    lines = photographs.manifest.read_text().splitlines()
    assert len(lines) == 1 + 8
    for line in lines[1:]:
        with Image.open(photographs.manifest.parent / line.split(",")[1]) as picture:
            assert picture.width >= 200
    with Image.open(photographs.probe) as picture:
        assert picture.getexif() == {}


def test_the_same_photograph_is_known_again_and_another_is_not(tmp_path):
    photographs = lay_out(tmp_path)
    small = tmp_path / "small.jpg"
    with Image.open(photographs.portrait) as picture:
        picture.resize((90, 90)).save(small, quality=70)
    others = sorted(photographs.manifest.parent.glob("BK-2021*.png"))
    assert same_photograph(small.read_bytes(), photographs.portrait.read_bytes())
    for other in others:
        assert not same_photograph(other.read_bytes(), photographs.portrait.read_bytes())


@pytest.mark.django_db
def test_the_people_are_made_once(capsys):
    with acting_as("owner"):
        call_command("demonstration")
        first = json.loads(capsys.readouterr().out)
        call_command("demonstration")
        assert json.loads(capsys.readouterr().out) == first
        assert set(Person.objects.values_list("username", flat=True)) == set(NAMES)
        supervisor = Person.objects.get(username="supervisor")
        assert roles_of(supervisor, on=supervisor.created_at.date()) == {Role.SUPERVISOR}
        assert supervisor.check_password(first["password"])


@pytest.mark.django_db
def test_it_keeps_out_of_a_database_with_real_people():
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")
        create_person(username="real", name="A Person", password="long enough", agency=agency)
        with pytest.raises(CommandError, match="people of its own"):
            call_command("demonstration")
    assert not Person.objects.filter(username="board").exists()
