"""The public site of a town, walked through once in each language for all tests of this folder."""

from dataclasses import dataclass

import pytest
from django.utils.translation import trans_real

from tests.accessibility.town import (
    Visited,
    every_address,
    fill_town,
    keep_record,
    kinds_of_links,
    walk,
)

_ASKED = "/would-it-be-allowed/?agencies=lapd&source=body_worn&purpose=personal"


@dataclass(frozen=True)
class Walked:
    """Pages for everyone by address, what was looked up in Spanish in vain, what links lead to."""

    english: dict[str, Visited]
    spanish: dict[str, Visited]
    unspoken: set[str]
    kinds: dict[str, str]


_WALKED: list[Walked] = []


@pytest.fixture
def town(request, tmp_path, settings, monkeypatch):
    """All pages of the town; made by the first test that asks."""
    if not _WALKED:
        request.getfixturevalue("live_database")
        fill_town()
        also = [_ASKED, *every_address(), *keep_record(tmp_path, settings)]
        english = {each.path: each for each in walk("/", *also)}
        unspoken = _listen(monkeypatch)
        spanish = {each.path: each for each in walk("/es/", *(f"/es{path}" for path in also))}
        kinds = kinds_of_links(spanish.values())
        _WALKED.append(Walked(english, spanish, unspoken, kinds))
    return _WALKED[0]


def _listen(monkeypatch):
    """Collect every text that is looked up in Spanish and has no translation."""
    found = set()
    for name in ("gettext", "ngettext"):
        monkeypatch.setattr(trans_real.DjangoTranslation, name, _listening(name, found))
    return found


def _listening(name, found):
    original = getattr(trans_real.DjangoTranslation, name)

    def look_up(self, message, *more):
        keys = (message, (message, 0))
        if self.language() == "es" and all(self._catalog.get(key) is None for key in keys):
            found.add(message)
        return original(self, message, *more)

    return look_up
