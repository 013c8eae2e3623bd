"""Fixtures of the council's room."""

from datetime import UTC, timedelta
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.council.town import PASSWORD, Town, settle


@pytest.fixture
def town(db) -> Town:
    cache.clear()  # sign-ins are counted there, and limited
    return settle()


@pytest.fixture
def signed_in():
    """A browser in which someone is signed in."""

    def enter(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return enter


@pytest.fixture
def stepped_up(signed_in):
    """A browser of someone who has just given the password again."""

    def enter(person) -> Client:
        client = signed_in(person)
        answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        assert answer.status_code == HTTPStatus.FOUND
        return client

    return enter


@pytest.fixture
def window(time_machine):
    """The beginning of a window of ten minutes, and of a day: no test runs over the end of one."""
    day = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=1)
    time_machine.move_to(day + timedelta(days=1), tick=True)
