"""How django-allauth behaves here: accounts are made by administrators only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from oversight.people.carrying import keep_typed


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self-registration, and no message that tells a stranger which names exist."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False always."""
        del request
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Keep the new password, and nothing else of the account: web pages change no more."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Take along what was typed before the session ended."""
        keep_typed(request)
        response: HttpResponse = super().post_login(request, user, **more)
        return response
