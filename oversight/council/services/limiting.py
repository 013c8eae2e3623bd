"""How much one source, and everyone together, may send. No address is stored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac

from oversight.council.models import SourceCount

_EVERYONE: Final = "everyone"
_KEPT: Final = timedelta(hours=1)

_COUNT: Final = """
INSERT INTO council_sourcecount AS c (source, "window", count) VALUES (%s, %s, 1)
ON CONFLICT (source, "window") DO UPDATE SET count = c.count + 1 RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` in each window of ``window``; windows begin on the clock."""

    window: timedelta
    most: int

    def begin(self, at: datetime) -> datetime:
        """The beginning of the window that ``at`` lies in."""
        seconds = int(self.window.total_seconds())
        return datetime.fromtimestamp(at.timestamp() // seconds * seconds, tz=at.tzinfo)


PER_SOURCE: Final = Limit(timedelta(minutes=10), 12)
TOGETHER: Final = Limit(timedelta(minutes=1), 300)


def count_sending(*, address: str) -> int | None:
    """Count one sending from a network address.

    Addresses of IPv6 count by their network of 64 bits, which is what one household is given.
    Returns None where it is within the limits, else the seconds after which to try again. What is
    stored is a keyed digest of the address and the window, which names nobody in another window.
    """
    at = timezone.now()
    for limit, source in (
        (PER_SOURCE, _named(_source_of(address), PER_SOURCE.begin(at))),
        (TOGETHER, _EVERYONE),
    ):
        begin = limit.begin(at)
        if _count(source, begin) > limit.most:
            return int((begin + limit.window - at).total_seconds()) + 1
    return None


def forget_sources() -> int:
    """Remove counts that are older than an hour; returns how many."""
    old = SourceCount.objects.filter(window__lt=timezone.now() - _KEPT)
    return old.delete()[0]


def _source_of(address: str) -> str:
    """What counts as one source; what is no address counts as it is written."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((found.packed, 64), strict=False))


def _named(address: str, begin: datetime) -> str:
    salt = f"oversight.council.limiting {begin.isoformat()}"
    return salted_hmac(salt, address, algorithm="sha256").hexdigest()[:32]


def _count(source: str, begin: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [source, begin])
        return int(cursor.fetchone()[0])
