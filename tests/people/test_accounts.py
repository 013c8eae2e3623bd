"""What the web may change of an account, and what survives a session that ended anywhere."""

import re
import time
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from oversight.people import services
from oversight.people.models import Agency, Person, Role
from tests.conftest import acting_as

pytestmark = pytest.mark.django_db

PASSWORD = "a long pass phrase for tests"


@pytest.fixture
def clerk(db):
    """An administrator with an account."""
    with acting_as("owner"):
        agency = Agency.objects.create(slug="lapd", name="Los Angeles Police Department")
        person = services.create_person(
            username="clerk", name="A Clerk", password=PASSWORD, agency=agency
        )
        services.grant_role(
            person=person,
            role=Role.ADMINISTRATOR,
            held_from=timezone.localdate() - timedelta(days=1),
        )
    return person


@pytest.mark.parametrize(
    "change",
    [{"suspended": True}, {"is_active": False}, {"unit": None}, {"username": "somebody"}],
    ids=lambda change: next(iter(change)),
)
def test_no_web_page_can_change_who_somebody_is(clerk, change):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Person.objects.filter(pk=clerk.pk).update(**change)


def test_everybody_can_change_their_password(client, clerk):
    client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    address = reverse("account_change_password")
    if (answer := client.get(address)).status_code == 302:
        client.post(answer.url, {"password": PASSWORD})
    assert client.get(address).status_code == 200
    new = "another long pass phrase"
    client.post(address, {"oldpassword": PASSWORD, "password1": new, "password2": new})
    clerk.refresh_from_db()
    assert clerk.check_password(new)


def test_a_form_that_takes_nothing_back_shows_what_was_typed(client, clerk):
    address = reverse("board:recipients")
    typed = "The clerk of the council,\nroom <4>"
    page = client.post(address, {"name": typed, "office": "clerk"}).content.decode()
    carried = re.search(r'name="typed_before" value="([^"]+)"', page).group(1)
    signing_in = {"login": "clerk", "password": PASSWORD, "next": address}
    back = client.post(
        reverse("account_login"), {**signing_in, "typed_before": carried}, follow=True
    )
    assert back.request["PATH_INFO"] == address
    assert "The clerk of the council,<br>room &lt;4&gt;" in back.content.decode()
    assert "room &lt;4&gt;" not in client.get(address).content.decode()


def test_a_second_factor_is_asked_for_once_it_is_set_up(client, clerk):
    client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    address = reverse("mfa_activate_totp")
    confirm = client.get(address).url
    client.post(confirm, {"password": PASSWORD})
    page = client.get(address)
    secret = page.context["form"].secret
    assert "<svg" in page.content.decode()
    with time_machine.travel(timezone.now(), tick=False):  # a code is good for half a minute
        codes = client.post(address, {"code": code_of(secret)}, follow=True)
    assert codes.request["PATH_INFO"] == reverse("mfa_view_recovery_codes")
    assert len(codes.context["unused_codes"]) == codes.content.decode().count("<li><code>") > 0
    assert "asked for a code" in client.get(reverse("mfa_index")).content.decode()
    for kept in Authenticator.objects.values_list("data", flat=True):
        assert secret not in str(kept)

    client.logout()
    answer = client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("desk")).status_code == 302
    client.post(answer.url, {"code": codes.context["unused_codes"][0]})
    assert client.get(reverse("mfa_index")).status_code == 200


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes", "account_change_password"]
)
def test_how_one_signs_in_is_for_those_who_are_signed_in(client, name):
    assert client.get(reverse(name)).status_code == 302


def test_what_is_not_for_everyone_is_kept_by_no_cache(client, clerk):
    client.force_login(clerk)
    for name in ("desk", "mfa_index", "board:recipients"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"], name
    assert "no-store" not in client.get(reverse("policy:rules")).get("Cache-Control", "")
