"""Publishing: an edition is frozen with its digest and enters the record, in one transaction."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from datetime import timezone as tzinfo
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from oversight.ledger.services import append_entry, ask_for_checkpoint
from oversight.transparency import events
from oversight.transparency.document import Json, Neighbours, build_document, digest_of
from oversight.transparency.models import Edition

_LOCK: Final = 0x5075_626C  # any number that no other lock of this database has
_FIRST_ZONE: Final = tzinfo(timedelta(hours=14))  # where every day begins; agencies have their own
_LISTS: Final = (
    *("refusals_by_rule", "months", "use_types", "units", "areas", "searches", "tables"),
)
_REASON_LIMIT: Final = 300  # what an entry of the record may say in clear


class PublicationRefusedError(ValueError):
    """Nothing was published; the message says why and what would cure it."""


@transaction.atomic
def publish_edition(
    *,
    start: date,
    end: date,
    corrects: int | None = None,
    because: str = "",
    kind: Edition.Kind = Edition.Kind.GENERAL,
    at: datetime | None = None,
) -> Edition:
    """Freeze the figures of the days from ``start`` to before ``end`` as a new edition.

    Publications wait for one another, so that of two for one period the second is refused. An
    edition of a period that was not over is corrected by the next one of that period by itself.

    Args:
        start: the first day.
        end: the day after the last; the last must have begun, somewhere on Earth.
        corrects: number of the edition that this one corrects.
        because: what was wrong, one line of at most 300 characters.
        kind: the kind of report.
        at: the moment of publication; now, unless given.

    Raises:
        PublicationRefusedError: the period, the correction or its reason cannot stand.
    """
    at = at or timezone.now()
    _check_period(start, end, at)
    _wait_for_others()
    current = current_editions()
    before, because = _edition_to_correct(start, end, kind, corrects, because.strip(), current)
    document = build_document(
        start, end, at=at, near=Neighbours.of(start, end, current, corrected=before)
    )
    if before is not None:
        changes = _changes(before.document, document)
        document |= {"corrects": before.number, "because": because, "changes": changes}
    edition = _freeze(document, Edition(kind=kind, corrects=before, because=because, created_at=at))
    _record(edition)
    return edition


def current_editions() -> list[Edition]:
    """Return the editions that no other corrects, by number, as the publisher sees them."""
    return list(Edition.objects.filter(correction__isnull=True).order_by("number"))


def _freeze(document: Json, edition: Edition) -> Edition:
    """Number the document, and insert it with its digest."""
    edition.number = max((each.number for each in Edition.objects.only("number")), default=0) + 1
    edition.document = {"number": edition.number, "kind": str(edition.kind), **document}
    edition.digest = digest_of(edition.document)
    edition.period_from = date.fromisoformat(document["period"]["from"])
    edition.period_to = date.fromisoformat(document["period"]["to"])
    edition.save(force_insert=True)
    return edition


def _check_period(start: date, end: date, at: datetime) -> None:
    if start >= end:
        raise PublicationRefusedError(
            f"The period ends on {end.isoformat()} (not included), before it begins on"
            f" {start.isoformat()}: give a later day as its end."
        )
    latest = at.astimezone(_FIRST_ZONE).date() + timedelta(days=1)
    if end > latest:
        raise PublicationRefusedError(
            f"The period ends on {end.isoformat()}, and half a period is not published: its days"
            f" must have begun. The end may be {latest.isoformat()} at the latest."
        )


def _wait_for_others() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _edition_to_correct(
    start: date,
    end: date,
    kind: Edition.Kind,
    corrects: int | None,
    because: str,
    current: Sequence[Edition],
) -> tuple[Edition | None, str]:
    if corrects is not None:
        return _named(start, end, corrects, current), _checked_reason(because)
    if because:
        raise PublicationRefusedError("Say with --corrects which edition the reason is about.")
    same = [e for e in current if (e.kind, e.period_from, e.period_to) == (kind, start, end)]
    if not same:
        return None, ""
    if not same[0].document["complete"]:
        return same[0], f"Edition {same[0].number} was made before its period was over."
    raise PublicationRefusedError(
        f"Edition {same[0].number} covers this period already. If it is wrong, correct it:"
        f" --corrects {same[0].number} --because 'what was wrong'."
    )


def _named(start: date, end: date, number: int, current: Sequence[Edition]) -> Edition:
    found = Edition.objects.filter(number=number).first()
    if found is None:
        raise PublicationRefusedError(f"There is no edition {number} to correct.")
    if found not in current:
        later = Edition.objects.get(corrects=found)
        raise PublicationRefusedError(
            f"Edition {number} was corrected by edition {later.number}: correct that one."
        )
    if (found.period_from, found.period_to) != (start, end):
        raise PublicationRefusedError(
            f"Edition {number} covers {found.period_from.isoformat()} to"
            f" {found.period_to.isoformat()}: a correction covers the same period."
        )
    return found


def _checked_reason(because: str) -> str:
    if not because:
        raise PublicationRefusedError("A correction says what was wrong: give --because.")
    if len(because) > _REASON_LIMIT or not because.isprintable():
        raise PublicationRefusedError(
            f"--because takes one line of at most {_REASON_LIMIT} characters."
        )
    return because


def _changes(before: Json, after: Json) -> dict[str, Any]:
    """Return what a correction changes: totals by name, and which lists differ otherwise."""
    figures = {
        name: {"from": before["figures"].get(name, {}).get("value"), "to": figure["value"]}
        for name, figure in after["figures"].items()
        if before["figures"].get(name, {}).get("value") != figure["value"]
    }
    lists = [name for name in _LISTS if name in before and before[name] != after[name]]
    if not figures and not lists and before["complete"] == after["complete"]:
        raise PublicationRefusedError(
            f"Edition {before['number']} covers this period, and nothing has changed since."
        )
    return {"figures": figures, "lists": lists}


def _record(edition: Edition) -> None:
    day = timezone.localdate(edition.created_at).isoformat()
    public = {
        "agency": settings.AGENCY,
        "day": day,
        "edition": str(edition.number),
        "document": edition.digest,
    }
    committed: dict[str, str | int] = {
        "number": edition.number,
        "period_from": edition.period_from.isoformat(),
        "period_to": edition.period_to.isoformat(),
        "at": edition.created_at.isoformat(),
    }
    event = events.EDITION_PUBLISHED
    if edition.corrects is not None:
        event = events.CORRECTION_PUBLISHED
        public["basis"] = edition.because
        committed["corrects"] = edition.corrects.number
    elif edition.document["nil_return"]:
        event = events.NIL_RETURN_PUBLISHED
    append_entry(event=event, public=public, committed=committed)
    ask_for_checkpoint()
