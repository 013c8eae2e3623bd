"""The document of an edition: everything that is published of a period, ready to freeze."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import rfc8785
from django.conf import settings
from django.utils import timezone, translation

from oversight.interface.display import SMALL
from oversight.leads.figures import runs_for_earlier_requests
from oversight.requests.figures import templates_held
from oversight.transparency.breakdowns import ABOUT_SUBJECTS, COLUMNS, TITLES, rows_of
from oversight.transparency.counting import counted_requests, people_with_access
from oversight.transparency.definitions import ALL, RECORDED, Definition
from oversight.transparency.disclosure import Printed, Request, withheld_cells
from oversight.transparency.models import EarlierSearch, Edition
from oversight.transparency.sources import Period, Value, supplied_figures
from oversight.transparency.tally import MEASURES, Tally, reason_of

FORM: Final = "oversight-edition/1"
_WITHHOLDABLE: Final = ("no_candidate", "leads")
_EXACT: Final = ("requests", "refused", "run")

Json = dict[str, Any]


@dataclass(frozen=True)
class Neighbours:
    """The editions that bear on a new one: those inside it, and the one it corrects.

    ``closed``: an earlier edition cuts across the period or encloses it, so that a table of this
    one, subtracted from that one, would tell of few people.
    """

    inner: tuple[Edition, ...] = ()
    corrected: Edition | None = None
    closed: bool = False

    @classmethod
    def of(
        cls, start: date, end: date, current: Iterable[Edition], corrected: Edition | None
    ) -> "Neighbours":
        near = [
            edition
            for edition in current
            if edition != corrected
            and edition.document["tables_printed"]
            and edition.period_from < end
            and start < edition.period_to
        ]
        inner = [e for e in near if start <= e.period_from and e.period_to <= end]
        around = [e for e in near if e not in inner and not _encloses_later(e, corrected)]
        widest = [e for e in inner if not any(_inside(e, other) for other in inner)]
        return cls(tuple(widest), corrected, closed=bool(around))

    def covers(self, day: date) -> bool:
        """Tell whether an inner edition covers a day."""
        return any(e.period_from <= day < e.period_to for e in self.inner)


def build_document(start: date, end: date, *, at: datetime, near: Neighbours) -> Json:
    """Count a period and freeze what may be told of it.

    Returns a JSON document of text, whole numbers, true, false and null. ``number``, ``corrects``
    and the ``changes`` are the publisher's to add.
    """
    whole, apart = Tally(), Tally()
    for counted in counted_requests(start, end):
        whole.add(counted)
        if near.inner and not near.covers(counted.day):
            apart.add(counted)
    own = {
        "people_with_access": people_with_access(timezone.localdate(at)),
        "templates_held": templates_held(),
        "run_for_earlier_requests": runs_for_earlier_requests(start, end),
        **supplied_figures(Period(start, end)),
    }
    return {
        "form": FORM,
        "city": str(settings.CITY_NAME),
        "period": {"from": start.isoformat(), "to": end.isoformat()},
        "made_at": timezone.localtime(at).isoformat(timespec="seconds"),
        "complete": end <= timezone.localdate(at),
        "threshold": SMALL,
        "nil_return": _nil_return(start, end, whole),
        "figures": _figures(whole, own),
        **_exact_lists(whole),
        "searches": _searches(whole, apart, near),
        "tables": _tables(whole, apart, near),
        "tables_printed": not near.closed,
    }


def digest_of(document: Mapping[str, Any]) -> str:
    """The sha256 of the document's canonical JSON (RFC 8785)."""
    return f"sha256:{hashlib.sha256(rfc8785.dumps(dict(document))).hexdigest()}"


def _figures(whole: Tally, own: Mapping[str, Value]) -> dict[str, Json]:
    counted = {definition.name: whole.figures[definition.name] for definition in RECORDED}
    recorded: Mapping[str, Value] = {**counted, **own}
    with translation.override("en"):
        return {each.name: _figure(each, recorded, whole) for each in ALL}


def _figure(definition: Definition, recorded: Mapping[str, Value], whole: Tally) -> Json:
    """Freeze a figure with its words; money is text, for JSON has no exact fractions."""
    value = recorded.get(definition.name)
    return {
        "value": f"{value:.2f}" if isinstance(value, Decimal) else value,
        "before_adoption": None if value is None else whole.imported[definition.name],
        "definition": str(definition.text),
    }


def _nil_return(start: date, end: date, whole: Tally) -> str | None:
    if whole.figures["requests"]:
        return None
    last = end - timedelta(days=1)
    return (
        f"Nothing was asked for from {start.isoformat()} to {last.isoformat()}: no request for a"
        " face search was sent. This is a return of zero, not a missing report."
    )


def _exact_lists(whole: Tally) -> Json:
    months = sorted({month for month, _ in whole.months})
    uses = sorted({use for use, _ in whole.use_types})
    return {
        "refusals_by_rule": [
            {**reason_of(key), "requests": count} for key, count in sorted(whole.rules.items())
        ],
        "refusals_by_rule_before_adoption": [
            {"rule": rule, "requests": count} for rule, count in sorted(whole.earlier_rules.items())
        ],
        "months": [
            {"month": month, **_counts(whole.months, month, (*MEASURES, "imported"))}
            for month in months
        ],
        "use_types": [
            {"use_type": use, **_counts(whole.use_types, use, (*_EXACT, "imported"))}
            for use in uses
        ],
    }


def _counts(counter: Mapping[tuple[str, str], int], key: str, names: Sequence[str]) -> Json:
    return {
        ("before_adoption" if name == "imported" else name): counter[key, name] for name in names
    }


def _searches(whole: Tally, apart: Tally, near: Neighbours) -> list[Json]:
    rows: list[Json] = []
    for month in sorted({month for month, _ in whole.months}):
        rows += _searches_of_month(month, whole, apart, near)
    return rows


def _searches_of_month(month: str, whole: Tally, apart: Tally, near: Neighbours) -> list[Json]:
    """Months lie apart, so each is protected by itself; how many searches ran stays exact."""
    keys = whole.keys_of_month(month)
    places = {key: index for index, key in enumerate(keys)}
    withheld = withheld_cells(
        Request(
            counts=whole.results(keys),
            apart=apart.results(keys),
            inner=[_printed_searches(e, places) for e in near.inner],
            corrected=_printed_searches(near.corrected, places) if near.corrected else None,
            fixed_margin=True,
            unprinted=(len(_WITHHOLDABLE),),
            closed=near.closed,
        ),
        threshold=SMALL,
    )
    rows = []
    for key, index in places.items():
        hidden = [name for c, name in enumerate(_WITHHOLDABLE) if (index, c) in withheld]
        counts = {name: whole.searches[key, name] for name in MEASURES}
        row = dict(zip(("month", "agency", "use_type"), key, strict=True))
        rows.append({**row, **counts, **dict.fromkeys(hidden), "suppressed": hidden})
    return rows


def _printed_searches(edition: Edition, places: Mapping[tuple[str, str, str], int]) -> Printed:
    printed: dict[tuple[int, int], int | None] = {}
    for row in edition.document["searches"]:
        index = places.get((row["month"], row["agency"], row["use_type"]))
        if index is not None:
            printed |= {(index, c): row[name] for c, name in enumerate(_WITHHOLDABLE)}
    return printed


def _tables(whole: Tally, apart: Tally, near: Neighbours) -> dict[str, Json]:
    seen = _ever_told() if whole.imported else {}
    wanted = [name for name in TITLES if name not in ABOUT_SUBJECTS or whole.imported]
    return {name: _table(name, rows_of(name, seen), whole, apart, near) for name in wanted}


def _ever_told() -> dict[str, set[str]]:
    return {
        name: set(
            EarlierSearch.objects.filter(**{f"{name}__isnull": False})
            .order_by()
            .values_list(name, flat=True)
            .distinct()
        )
        for name in ABOUT_SUBJECTS
    }


def _table(name: str, rows: Sequence[str], whole: Tally, apart: Tally, near: Neighbours) -> Json:
    counts = whole.cells(name, rows, COLUMNS)
    withheld = withheld_cells(
        Request(
            counts=counts,
            apart=apart.cells(name, rows, COLUMNS),
            inner=[_printed_table(e, name, rows) for e in near.inner],
            corrected=_printed_table(near.corrected, name, rows) if near.corrected else None,
            closed=near.closed,
        ),
        threshold=SMALL,
    )
    lines = []
    for index, key in enumerate(rows):
        cells = [*counts[index], sum(counts[index])]
        shown = [None if (index, c) in withheld else count for c, count in enumerate(cells)]
        lines.append({"row": key, **dict(zip((*COLUMNS, "requests"), shown, strict=True))})
    totals = [sum(column) for column in zip(*counts, strict=True)]
    return {
        "rows": lines,
        "totals": dict(zip((*COLUMNS, "requests"), [*totals, sum(totals)], strict=True)),
    }


def _printed_table(edition: Edition, name: str, rows: Sequence[str]) -> Printed:
    table = edition.document["tables"].get(name)
    lines = {line["row"]: line for line in table["rows"]} if table else {}
    return {
        (index, column): lines[key][field]
        for index, key in enumerate(rows)
        if key in lines
        for column, field in enumerate((*COLUMNS, "requests"))
    }


def _inside(edition: Edition, other: Edition) -> bool:
    return (
        edition != other
        and other.period_from <= edition.period_from
        and edition.period_to <= other.period_to
    )


def _encloses_later(edition: Edition, corrected: Edition | None) -> bool:
    """An edition that was made around the corrected one has taken it into account already."""
    return (
        corrected is not None
        and edition.number > corrected.number
        and edition.period_from <= corrected.period_from
        and corrected.period_to <= edition.period_to
    )
