"""Fixtures of the council's room."""

import time

import pytest
from django.core.cache import cache
from django.test import Client

from tests.council.town import Town, settle


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
    """A browser of someone who has just confirmed who they are."""

    def enter(person) -> Client:
        client = signed_in(person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "username": person.username}
        ]
        session.save()
        return client

    return enter
