"""Filing a report: filled, frozen with its digest, numbered, in the record, set as PDF."""

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from oversight.ledger.services import append_entry, ask_for_checkpoint
from oversight.people.models import Person
from oversight.transparency.document import digest_of
from oversight.transparency.reports import events, selectors
from oversight.transparency.reports.calendar import Term, term_of
from oversight.transparency.reports.catalogue import Pack, packs
from oversight.transparency.reports.document import Json, build_report, changes_between
from oversight.transparency.reports.models import Report
from oversight.transparency.reports.services.setting import set_files
from oversight.transparency.reports.services.shared import (
    ReportRefusedError,
    wait_for_others,
    where,
)
from oversight.transparency.services import publish_edition

REASON_LIMIT: Final = 300  # what an entry of the record may say in clear


@transaction.atomic
def file_report(
    *,
    pack: str,
    start: date,
    end: date,
    corrects: int | None = None,
    because: str = "",
    filer: Person | None = None,
    at: datetime | None = None,
) -> Report:
    """Freeze a report about the days from ``start`` to before ``end``, and set it as PDF.

    It is made from the edition of these days, which is published if there is none that is whole.

    Args:
        pack: slug of the kind of report.
        start: the first day of its period.
        end: the day after the last.
        corrects: number of the report that this one corrects.
        because: what was wrong in it, one line of at most 300 characters.
        filer: who files it; nobody where an operator's command does.
        at: the moment of filing; now, unless given.

    Raises:
        ReportRefusedError: no such kind, no such period, too early, filed already, or a
            correction that cannot stand.
        PublicationRefusedError: the edition cannot be published.
    """
    at = at or timezone.now()
    kind = _pack(pack)
    term = _term(kind, start, end, timezone.localdate(at))
    wait_for_others()
    before = _report_to_correct(kind, term, corrects, because := because.strip())
    edition = selectors.source_edition(start, end) or publish_edition(start=start, end=end, at=at)
    document = build_report(kind, term, edition, selectors.statements_for(pack, start, end), at=at)
    if before is not None:
        document |= _correction(before, document, because)
    filed = Report(pack=pack, edition=edition, corrects=before, filed_at=at, filed_by=filer)
    report = _freeze(document, filed)
    _record(report)
    for publication in (edition, report):
        set_files(publication=publication, at=at)
    ask_for_checkpoint()
    return report


def _pack(slug: str) -> Pack:
    try:
        return packs()[slug]
    except KeyError:
        known = ", ".join(packs())
        raise ReportRefusedError(
            f"There is no kind of report {slug!r}; there are {known}."
        ) from None


def _term(pack: Pack, start: date, end: date, today: date) -> Term:
    term = term_of(pack.due, start)
    if (term.start, term.end) != (start, end):
        raise ReportRefusedError(
            f"The report {pack.slug} that tells of {start.isoformat()} covers"
            f" {term.start.isoformat()} to {term.end.isoformat()} (not included): give these days."
        )
    if today < term.opens:
        raise ReportRefusedError(
            f"This report may be filed from {term.opens.isoformat()} on: its period must be over."
        )
    return term


def _report_to_correct(pack: Pack, term: Term, corrects: int | None, because: str) -> Report | None:
    newest = Report.objects.filter(
        pack=pack.slug, period_from=term.start, period_to=term.end, correction__isnull=True
    ).first()
    if corrects is None:
        if newest is not None:
            raise ReportRefusedError(
                f"Report {newest.number} was filed for this period already. If it is wrong, correct"
                f" it: --corrects {newest.number} --because 'what was wrong'."
            )
        if because:
            raise ReportRefusedError("Say with --corrects which report the reason is about.")
        return None
    if newest is None or newest.number != corrects:
        named = f"correct report {newest.number}" if newest else "file it without --corrects"
        raise ReportRefusedError(
            f"Report {corrects} is not the newest of this kind and period: {named}."
        )
    if not because or len(because) > REASON_LIMIT or not because.isprintable():
        raise ReportRefusedError(
            f"Say what was wrong with --because, in one line of at most {REASON_LIMIT} characters."
        )
    return newest


def _correction(before: Report, document: Json, because: str) -> Json:
    """What a report says of the one that it corrects."""
    changes = changes_between(before.document, document)
    if not any(changes.values()):
        raise ReportRefusedError(
            f"Nothing has changed since report {before.number}. Correct the edition first, or"
            " what was written."
        )
    return {"corrects": before.number, "because": because, "changes": changes}


def _freeze(document: Json, report: Report) -> Report:
    newest = Report.objects.order_by("-number").values_list("number", flat=True).first()
    report.number = (newest or 0) + 1
    report.document = {"number": report.number, **document}
    report.digest = digest_of(report.document)
    report.because = document.get("because", "")
    report.period_from = date.fromisoformat(document["period"]["from"])
    report.period_to = date.fromisoformat(document["period"]["to"])
    report.due = date.fromisoformat(document["due"])
    report.save(force_insert=True)
    return report


def _record(report: Report) -> None:
    public: dict[str, str] = {
        **where(report.filed_at),
        "edition": f"report-{report.number}",
        "document": report.digest,
    }
    committed: dict[str, str | int | None] = {
        "report": report.number,
        "pack": report.pack,
        "from_edition": report.edition.number,
        "period_from": report.period_from.isoformat(),
        "period_to": report.period_to.isoformat(),
        "filer": report.filed_by_id,
        "at": report.filed_at.isoformat(),
    }
    event = events.REPORT_FILED
    if report.corrects is not None:
        event = events.REPORT_CORRECTED
        public["basis"] = report.because
        committed["corrects"] = report.corrects.number
    elif report.document["nil_return"]:
        event = events.NIL_REPORT_FILED
    append_entry(event=event, public={**public}, committed={**committed})
