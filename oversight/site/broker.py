"""Where the broker is: the environment's, else the embedded one."""

import os

from oversight.site.embedded import services
from oversight.site.secrets import secret


def broker_address() -> str:
    """Return ``BROKER_URL``, or the embedded broker's address, starting it if need be.

    Raises:
        ServicesUnavailableError: the embedded broker did not come up.
    """
    given = os.environ.get("BROKER_URL")
    if given:
        return given
    return f"redis://:{secret('broker')}@127.0.0.1:{services().broker_port}/0"
