"""What programs wait for: the read API and the open-data files, over the wire."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import requests

from oversight.site.bench.timing import durations_ms, percentiles
from oversight.site.stack import Stack

UNLIMITED: Final[Mapping[str, str]] = {"OVERSIGHT_API_REQUESTS_A_MINUTE": "1000000"}
"""Told to the stack: what is measured here is how long an answer takes, not how many are given."""

_TIMES: Final = 60
_SECONDS: Final = 30
_ADDRESSES: Final = {
    "editions": "/api/v1/editions/",
    "searches": "/api/v1/searches-by-month/?page_size=1000",
    "rules": "/api/v1/rules/?page_size=1000",
    "csv": "/open-data/searches-by-month.csv",
    "package": "/open-data/datapackage.json",
}


class Programs:
    """A program that reads what is published from a running stack."""

    def __init__(self, stack: Stack) -> None:
        self._base = stack.base_url.rstrip("/")

    def read_publications(self) -> dict[str, dict[str, object]]:
        """How long each answer takes, asked for again and again by one reader."""
        with requests.Session() as session:
            return {
                "open_data": {
                    name: percentiles(durations_ms(partial(self._read, session, a), _TIMES))
                    for name, a in _ADDRESSES.items()
                }
            }

    def _read(self, session: requests.Session, address: str) -> None:
        session.get(self._base + address, timeout=_SECONDS).raise_for_status()
