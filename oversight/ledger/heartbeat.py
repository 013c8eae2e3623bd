"""One entry a day that says the record is running: nothing happening is a statement, too."""

from collections import Counter
from datetime import datetime

from django.db.transaction import atomic
from django.utils import timezone

from oversight.ledger.events import HEARTBEAT
from oversight.ledger.models import Entry, Head
from oversight.ledger.services import append_entry


def beat(now: datetime | None = None) -> int | None:
    """Append today's heartbeat unless it is there already; the index of the new entry, or None.

    It commits to the number of entries of each kind since the last heartbeat.
    """
    at = now or timezone.now()
    day = timezone.localtime(at).date().isoformat()
    last = Entry.objects.filter(kind=HEARTBEAT.number).order_by("-index").first()
    if last and f'"day":"{day}"'.encode() in bytes(last.entry):
        return None
    with atomic():
        size = Head.objects.get().size
        since = Entry.objects.filter(index__gte=last.index + 1 if last else 0, index__lt=size)
        counts = Counter(since.order_by().values_list("kind", flat=True).iterator())
        return append_entry(
            event=HEARTBEAT,
            public={"day": day},
            committed={
                "at": at.isoformat(),
                "entries": counts.total(),
                "counts": {str(kind): number for kind, number in sorted(counts.items())},
            },
        )
