"""The access table and the addresses are the same list."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from oversight.interface import urls as style_guide
from oversight.people.access import ACCESS, Audience

_OUT_OF_SERVICE = {f"{style_guide.app_name}:{pattern.name}" for pattern in style_guide.urlpatterns}
"""Pages that exist in development only."""


def _patterns(
    resolver: URLResolver, space: str = "", before: str = "/"
) -> Iterator[tuple[str, URLPattern, str]]:
    """Yield name, pattern and an example of the address of every page."""
    for pattern in resolver.url_patterns:
        address = before + _example(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _patterns(pattern, inner, address)
        else:
            yield f"{space}{pattern.name}", pattern, address


def _example(route: str) -> str:
    return re.sub(r"\(\?P[^)]*\)\+?|<[^>]*>", "1", re.sub(r"[$^\\]", "", route))


ALL = list(_patterns(get_resolver()))


def test_every_page_of_ours_has_an_audience():
    ours = {
        name
        for name, pattern, _ in ALL
        if pattern.callback.__module__.startswith(("oversight.", "recognition."))
    }
    assert ours - set(ACCESS) == set()


def test_every_entry_is_a_page():
    assert set(ACCESS) - {name for name, *_ in ALL} - _OUT_OF_SERVICE == set()


def test_no_page_is_without_a_name():
    assert [str(pattern.pattern) for name, pattern, _ in ALL if name.endswith("None")] == []


def test_no_entry_is_empty():
    assert [name for name, audiences in ACCESS.items() if not audiences] == []


def test_a_page_for_everyone_is_for_nobody_else_besides():
    for name, audiences in ACCESS.items():
        if Audience.EVERYONE in audiences:
            assert audiences == {Audience.EVERYONE}, name


@pytest.mark.django_db
@pytest.mark.parametrize("address", [address for name, _, address in ALL if name not in ACCESS])
def test_a_page_of_a_library_without_an_entry_does_not_exist(client, address):
    """Sign-in brings pages that we do not offer (sign-up, e-mail): nobody reaches them."""
    assert client.get(address).status_code == 404
