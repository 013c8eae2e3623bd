"""What is refused is refused in Spanish under /es/: every form for everyone, posted wrongly."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from oversight.council.services import limiting
from oversight.council.services.comment import Question, open_consultation
from oversight.council.services.complaints import Told, submit_complaint
from tests.accessibility.wording import Said
from tests.council.town import drone, proposed
from tests.interface.markup import Page, faults

pytestmark = pytest.mark.django_db

TYPED = {"Zeppelin?", "Zzz zzz", "Kkk", "Kkk\x00"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_ALIKE = {"Oversight", "Error"}


@pytest.fixture
def asked(town):
    now = timezone.now()
    return open_consultation(
        subject=proposed(town, drone(town)),
        asked=Question("Zeppelin?", "Zzz zzz", now, now + timedelta(days=30)),
        person=town.member,
    )


def both(address, answers, status=422, meanwhile=None):
    """The page in Spanish, and what it says in the same words as the English one."""
    pages = []
    for prefix in ("", "/es"):
        client = Client()
        if meanwhile:
            meanwhile(client, prefix)
        answer = client.post(prefix + address, answers)
        assert answer.status_code == status, answer.content.decode()
        pages.append(answer.content.decode())
    english, spanish = (Said(page) for page in pages)
    assert faults(Page(pages[1])) == []
    same = {piece.text for piece in english.pieces}
    mixed = [
        piece.text
        for piece in spanish.pieces
        if piece.language == "es" and piece.text in same and _says_something(piece.text)
    ]
    assert mixed == []
    return pages[1]


def _says_something(text):
    return text not in TYPED | {settings.CITY_NAME} and bool(set(_WORD.findall(text)) - _ALIKE)


LONG = "kk " * 3400
WRONG = {
    "/comment/{n}/write/": [
        {},
        {"stance": "maybe", "text": "..."},
        {"stance": "for", "text": LONG, "name": "x" * 121, "place": "x" * 121},
        {"stance": "for", "text": "Kkk\x00"},
    ],
    "/comment/name/": [{}, {"number": "AAAA-BBBB-CCCC"}, {"number": "x" * 21}],
    "/complaints/write/": [
        {},
        {"subject": "other", "text": LONG, "reach": "x" * 201, "case_number": "x" * 41},
        {"subject": "x", "text": "Kkk", "name": "x\x00"},
    ],
    "/complaints/status/": [{}, {"code": "AAAA-BBBB-CCCC-0000"}, {"code": "x" * 41}],
}


@pytest.mark.parametrize("address", WRONG)
def test_a_wrong_form_is_wholly_spanish(asked, address):
    for answers in WRONG[address]:
        both(address.format(n=asked.pk), answers)


def test_what_is_refused_for_its_time_or_number_is_wholly_spanish(asked, monkeypatch, time_machine):
    said = {"stance": "for", "text": "Kkk"}
    monkeypatch.setattr(limiting, "PER_SOURCE", limiting.Limit(timedelta(minutes=10), 0))
    both(f"/comment/{asked.pk}/write/", said, 429)
    both("/complaints/write/", {"subject": "other", "text": "Kkk"}, 429)
    both("/complaints/status/", {"code": "AAAA"}, 429)
    monkeypatch.undo()
    time_machine.move_to(timezone.now() + timedelta(days=31), tick=True)
    page = both(f"/comment/{asked.pk}/write/", said)
    assert "Kkk</textarea>" in page


def test_what_is_done_is_wholly_spanish_too(asked):
    code = submit_complaint(told=Told("other", "Kkk"))
    both("/complaints/status/", {"code": code}, 200)
