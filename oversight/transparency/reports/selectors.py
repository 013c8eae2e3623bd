"""Reads: which reports are due, what was written for them, and what was filed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Max, QuerySet

from oversight.people.models import Person
from oversight.policy import gate
from oversight.transparency.models import Edition
from oversight.transparency.reports.calendar import Term, terms
from oversight.transparency.reports.catalogue import EVERYONE, Pack, packs
from oversight.transparency.reports.models import Report, Statement, TypesetFile
from oversight.transparency.selectors import ALIAS

_SOON: Final = {"week": 2, "month": 7}
_SOON_OTHERWISE: Final = 30  # days before the day on which it is due


class Status(StrEnum):
    """Where a report stands that an agency owes."""

    NOT_OVER = "not_over"
    WAITS = "waits"
    OPEN = "open"
    SOON = "soon"
    OVERDUE = "overdue"
    FILED = "filed"
    FILED_NIL = "filed_nil"


@dataclass(frozen=True)
class Obligation:
    """A report that is owed for a term, and the newest that was filed for it, if one was."""

    pack: Pack
    term: Term
    status: Status
    report: Report | None = None

    @property
    def filed(self) -> bool:
        """Whether it was filed, be it late."""
        return self.report is not None


@dataclass(frozen=True)
class Binding:
    """That an agency owes a kind of report, from when, and by which instrument if by one."""

    pack: Pack
    since: date
    until: date
    instrument: gate.Instrument | None = None


def bindings(agency: str, today: date, alias: str = ALIAS) -> list[Binding]:
    """The reports that an agency owes: by an instrument that binds it, or by the city's choice."""
    since = _since(today, alias)
    found = [_binding(pack, agency, since, today) for pack in packs().values()]
    return [binding for binding in found if binding is not None]


def obligations(binding: Binding, today: date, alias: str = ALIAS) -> list[Obligation]:
    """What is owed under a binding, the newest term first; the last may not be over yet."""
    owed = list(terms(binding.pack.due, binding.since, min(binding.until, today)))
    filed = {
        (report.period_from, report.period_to): report
        for report in filed_reports(alias).filter(pack=binding.pack.slug, correction__isnull=True)
    }
    return [
        Obligation(binding.pack, term, _status(term, report, binding.pack, today), report)
        for term in reversed(owed)
        for report in [filed.get((term.start, term.end))]
    ]


def outstanding(agency: str, today: date) -> Iterator[Obligation]:
    """What could be filed and was not, the longest overdue first, as the clerk's process sees it."""
    owed = [
        each
        for binding in bindings(agency, today, DEFAULT_DB_ALIAS)
        for each in obligations(binding, today, DEFAULT_DB_ALIAS)
    ]
    ready = (each for each in owed if each.status in (Status.OPEN, Status.SOON, Status.OVERDUE))
    yield from sorted(ready, key=lambda each: each.term.due)


def filed_reports(alias: str = ALIAS) -> QuerySet[Report]:
    """Every report that was ever filed, newest first, as the public's role reads them.

    Of what it is made from and what corrects it, the document is read only when asked for.
    """
    near = ("edition", "edition__correction", "corrects", "correction")
    return (
        Report.objects.using(alias)
        .select_related(*near)
        .defer(*(f"{each}__document" for each in near))
        .order_by("-filed_at", "-number")
    )


def report_numbered(number: int) -> Report:
    """One report; raises Report.DoesNotExist."""
    return filed_reports().get(number=number)


def filer_of(report: Report) -> str:
    """The name of who filed it; empty where an operator did, with a command."""
    if report.filed_by_id is None:
        return ""
    return Person.objects.get(pk=report.filed_by_id).name


def file_of(publication: Edition | Report, language: str) -> TypesetFile | None:
    """The PDF of a publication as it was first set, if it was."""
    found = TypesetFile.objects.using(ALIAS).filter(language=language)
    if isinstance(publication, Report):
        return found.filter(report=publication).first()
    return found.filter(edition=publication).first()


def statements_for(pack: str, start: date, end: date) -> list[Statement]:
    """The newest version of each statement for a report."""
    written = Statement.objects.filter(pack=pack, period_from=start, period_to=end)
    newest = written.values("item").annotate(newest=Max("version"))
    versions = {row["item"]: row["newest"] for row in newest}
    return [each for each in written if versions[each.item] == each.version]


def versions_of(pack: str, start: date, end: date, item: str) -> QuerySet[Statement]:
    """Every version of a statement, the newest first."""
    return (
        Statement.objects.filter(pack=pack, period_from=start, period_to=end, item=item)
        .select_related("author")
        .order_by("-version")
    )


def source_edition(start: date, end: date, alias: str = "default") -> Edition | None:
    """The edition that a report of these days is made from, if there is one: whole and current."""
    found = Edition.objects.using(alias).filter(
        period_from=start, period_to=end, correction__isnull=True
    )
    return next((edition for edition in found if edition.document["complete"]), None)


def _since(today: date, alias: str) -> date:
    """Reports are owed from the day that is set, else from the first day that any edition tells of."""
    if settings.REPORTING_SINCE is not None:
        return date.fromisoformat(settings.REPORTING_SINCE)
    first = Edition.objects.using(alias).order_by("period_from").values_list("period_from")[:1]
    return first[0][0] if first else today


def _binding(pack: Pack, agency: str, since: date, today: date) -> Binding | None:
    chosen = EVERYONE in pack.instruments or pack.slug in settings.REPORT_PACKS
    for instrument in _binding_instruments(pack, agency):
        if instrument.in_force_from is None or instrument.in_force_from > today:
            continue
        ended = instrument.in_force_until
        begins = max(since, instrument.in_force_from)
        if chosen or ended is None or begins < ended:
            until = today if chosen or ended is None else min(ended, today)
            return Binding(pack, since if chosen else begins, until, instrument)
    return Binding(pack, since, today) if chosen else None


def _binding_instruments(pack: Pack, agency: str) -> Sequence[gate.Instrument]:
    catalogue = gate.catalogue()
    bound = catalogue.bound.get(agency, ())
    return [catalogue.instrument(slug) for slug in pack.instruments if slug in bound]


def _status(term: Term, report: Report | None, pack: Pack, today: date) -> Status:
    if report is not None:
        return Status.FILED_NIL if report.document["nil_return"] else Status.FILED
    if today < term.end:
        return Status.NOT_OVER
    if today < term.opens:
        return Status.WAITS
    if today > term.due:
        return Status.OVERDUE
    near = (term.due - today).days <= _SOON.get(pack.due.every, _SOON_OTHERWISE)
    return Status.SOON if near else Status.OPEN
