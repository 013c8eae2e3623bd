"""How django-allauth behaves here: accounts are made by administrators only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """No self-registration, and no message that tells a stranger which names exist."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False always."""
        del request
        return False
