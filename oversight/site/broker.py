"""Where the broker is: the environment's, else the embedded one."""

import os
from urllib.parse import quote, urlsplit, urlunsplit

from oversight.site.embedded import services
from oversight.site.secrets import secret


def broker_address() -> str:
    """Return ``BROKER_URL``, or the embedded broker's address, starting it if need be.

    An address without a password gets the secret ``broker``; ``redis://:@host`` asks for none.

    Raises:
        ServicesUnavailableError: the embedded broker did not come up.
    """
    given = os.environ.get("BROKER_URL")
    if given:
        return _with_password(given)
    return f"redis://:{secret('broker')}@127.0.0.1:{services().broker_port}/0"


def _with_password(given: str) -> str:
    parts = urlsplit(given)
    if "@" in parts.netloc:
        return given
    password = quote(secret("broker"), safe="")
    return urlunsplit(parts._replace(netloc=f":{password}@{parts.netloc}"))
