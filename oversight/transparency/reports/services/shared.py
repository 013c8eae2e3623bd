"""What the writes of this package share: their refusal, their lock, and where an entry is from."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection
from django.utils import timezone

_LOCK: Final = 0x7265_7074  # any number that no other lock of this database has


class ReportRefusedError(ValueError):
    """Nothing was written or filed; the message says why and what would cure it."""


def wait_for_others() -> None:
    """Hold the reports' lock until the transaction ends, so that of two alike the second is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def where(at: datetime) -> dict[str, str]:
    """The public fields of every entry of this package."""
    return {"agency": settings.AGENCY, "day": timezone.localdate(at).isoformat()}
