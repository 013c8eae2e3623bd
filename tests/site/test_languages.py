"""Each request is answered in the language of its address, and in no other."""

import pytest
from django.test import Client
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language"), [("/rules/", "en"), ("/es/rules/", "es"), ("/es/no-such-page/", "es")]
)
def test_a_page_says_its_language_and_depends_on_nothing_else(path, language):
    for headers in ({}, {"accept-language": "es"}, {"cookie": "django_language=es"}):
        response = Client().get(path, headers=headers)
        assert response["Content-Language"] == language
        assert f'<html lang="{language}">' in response.content.decode()
        assert "Accept-Language" not in response.get("Vary", "")
    assert get_language() == "en"  # the next request of this thread begins anew


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/es/ledger/watch/", "/ledger/watch/"),
        ("/es/rules/?safeguard=R02&format=csv", "/rules/?safeguard=R02&format=csv"),
        ("/es/ledger/verifier.py", "/ledger/verifier.py"),
    ],
)
def test_offices_and_files_have_one_address(asked, leads_to):
    response = Client().get(asked)
    assert (response.status_code, response["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    "path", ["/de/rules/", "/en/rules/", "/es/es/rules/", "/es//evil.example/"]
)
def test_an_unknown_language_is_a_page_that_does_not_exist(path):
    assert Client().get(path).status_code == 404


def test_what_is_for_one_office_offers_no_other_language(client):
    assert "hreflang" not in client.get("/no-such-page/").content.decode()
    assert 'hreflang="es"' in client.get("/rules/").content.decode()
