"""How many requests one address may make: stated in every answer, kept in memory for a minute."""

from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

SECONDS: Final = 60


class PerAddress(SimpleRateThrottle):
    """So many requests a minute for each address and each process of the web.

    The address itself is not kept, only a keyed digest of it, for a minute.
    """

    scope = "api"

    def get_rate(self) -> str:
        """Return the rate as the framework writes it."""
        return f"{settings.API_REQUESTS_A_MINUTE}/minute"

    def get_cache_key(self, request: Request, _view: APIView) -> str:
        """Return a name for the address that does not tell it."""
        return f"api:{salted_hmac('api', self.get_ident(request)).hexdigest()}"


def policy() -> str:
    """The header that states the limit (draft-ietf-httpapi-ratelimit-headers)."""
    return f'"address";q={settings.API_REQUESTS_A_MINUTE};w={SECONDS}'
