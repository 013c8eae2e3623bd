"""The language in the address: there and back, never off the site; numbers and days as written here."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings
from django.utils.formats import localize
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from oversight.interface import display
from oversight.interface.languages import (
    file_url,
    home_link,
    in_language,
    language_of,
    translations_of,
)

_PLAIN = st.from_regex(r"\A/([a-df-z0-9-]{1,8}/){0,3}(\?[a-z]=[a-z0-9/]{0,5})?\Z")


@given(_PLAIN)
def test_an_address_goes_to_the_other_language_and_back(path):
    spanish = in_language(path, "es")
    assert spanish == f"/es{path}"
    assert in_language(spanish, "en") == path
    assert in_language(spanish, "es") == spanish
    assert language_of(spanish.partition("?")[0]) == "es"


@pytest.mark.parametrize("path", ["/es//evil.example/", "//evil.example/", "/es///x"])
def test_no_address_leads_off_the_site(path):
    for code in ("en", "es"):
        assert not in_language(path, code).startswith("//")


@pytest.mark.parametrize("code", ["de", "", "../es", "es-mx"])
def test_an_unknown_language_is_refused(code):
    with pytest.raises(LookupError, match="No pages in the language"):
        in_language("/", code)


def test_the_languages_of_a_page_are_told_with_whole_addresses():
    english, spanish = translations_of("/es/rules/?agency=lapd", "https://city.example")
    assert (english.path, english.current) == ("/rules/?agency=lapd", False)
    assert (spanish.address, spanish.current) == (
        "https://city.example/es/rules/?agency=lapd",
        True,
    )
    assert (english.name, spanish.name) == ("English", "español")


@override_settings(ROOT_URLCONF="oversight.site.urls")
def test_links_stay_in_the_language_and_files_have_none():
    with override("es"):
        assert (str(home_link().label), home_link().url) == ("Inicio", "/es/")
        assert file_url("transparency:report_csv", 3) == "/reports/3.csv"
    assert home_link().url == "/"


def test_numbers_days_and_small_counts_are_written_as_in_the_united_states():
    moment = dt.datetime(2026, 3, 4, 14, 5, tzinfo=ZoneInfo("America/Los_Angeles"))
    with override("es"):
        assert display.date_text(dt.date(2026, 3, 4)) == "4 de marzo de 2026"
        assert display.moment_text(moment) == "4 de marzo de 2026, 2:05 p.m. PST"
        assert display.count_text(1284) == "1,284"
        assert display.count_text(3) == "menos de 5"
        assert localize(1.5) == "1.5"
        assert [display.yes_or_no(each) for each in (True, False)] == ["Sí", "No"]
    assert display.date_text(dt.date(2026, 3, 4)) == "March 4, 2026"
