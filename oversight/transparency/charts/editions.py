"""From the document of an edition to its charts."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils import dateformat
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from oversight.interface.charts import Bars, Chart, Lines, Series
from oversight.interface.languages import file_url
from oversight.transparency.breakdowns import TITLES, row_label
from oversight.transparency.charts import findings
from oversight.transparency.definitions import BY_NAME, ENDINGS, RESULTS
from oversight.transparency.demographics.charts import demographic_charts
from oversight.transparency.presenting import count, use_label, value_of

Json = Mapping[str, Any]
Counts = Sequence[tuple[str, int | None]]

_MOST_BARS: Final = 12
_MEASURES: Final = ("requests", "refused", "run")


def charts_of(document: Json) -> list[Chart]:
    """Every chart that a document has something for."""
    found = [
        _endings(document),
        _months(document),
        _purposes(document),
        _rules(document),
        _results(document),
        *(_table(document, name) for name in ("offence", "image_source")),
    ]
    return [chart for chart in found if chart is not None]


def front_chart(document: Json) -> Chart | None:
    """The chart of the front page: month by month, or what became of the requests of one month."""
    return _months(document) or _endings(document)


def chart_named(document: Json, name: str) -> Chart:
    """Return one chart; raises KeyError where there is none of that name."""
    every = [*charts_of(document), *demographic_charts(document)]
    return {chart.name: chart for chart in every}[name]


def month_text(month: str) -> str:
    """A month such as 2026-03 in words: "Mar 2026"."""
    day = parse_date(f"{month}-01")
    return dateformat.format(day, pgettext("month format", "M Y")) if day else month


def _endings(document: Json) -> Chart | None:
    counts = _figures(document, ENDINGS)
    total = value_of(document, "requests") or 0
    run = value_of(document, "run") or 0
    sentence = _("Of %(whole)s requests, %(some)s led to a search.")
    return _bars(
        document,
        "requests-ended",
        _("What became of the requests"),
        counts,
        findings.part(run, total, sentence),
    )


def _results(document: Json) -> Chart | None:
    counts = _figures(document, RESULTS)
    leads, run = (value_of(document, name) or 0 for name in ("leads", "run"))
    sentence = _("Of %(whole)s searches, %(some)s gave a lead.")
    return _bars(
        document,
        "searches-gave",
        _("What the searches gave"),
        counts,
        findings.part(leads, run, sentence),
    )


def _months(document: Json) -> Chart | None:
    rows = _every_month(document["months"])
    if len(rows) < 2:  # noqa: PLR2004  (one month makes no line)
        return None
    months = [month_text(row["month"]) for row in rows]
    words = (_("Requests"), _("Refused"), _("Searches run"))
    series = [
        Series(label, [row[name] for row in rows])
        for name, label in zip(_MEASURES, words, strict=True)
    ]
    asked = list(zip(months, series[0].values, strict=True))
    table = [
        [month, *(row[name] for name in _MEASURES)] for month, row in zip(months, rows, strict=True)
    ]
    return _chart(
        document,
        "requests-by-month",
        _("Requests, refusals and searches by month"),
        findings.change(asked, _("Requests")),
        Lines(months, series),
        ([_("Month"), *words], table),
    )


def _every_month(rows: Sequence[Json]) -> Sequence[Json]:
    """The months from first to last: where nothing was asked for is a zero, and no line skips it."""
    found = {row["month"]: row for row in rows}
    months = [12 * int(month[:4]) + int(month[5:]) - 1 for month in found]
    return [
        found.get(month) or {"month": month, **dict.fromkeys(_MEASURES, 0)}
        for each in range(min(months, default=0), max(months, default=-1) + 1)
        for month in [f"{each // 12}-{each % 12 + 1:02}"]
    ]


def _purposes(document: Json) -> Chart | None:
    rows = sorted(document["use_types"], key=lambda row: (-(row["requests"] or 0), row["use_type"]))
    if not rows:
        return None
    labels = [use_label(row["use_type"]) for row in rows]
    words = (_("Requests"), _("Refused"), _("Searches run"))
    series = [
        Series(label, [row[name] for row in rows])
        for name, label in zip(_MEASURES, words, strict=True)
    ]
    asked = list(zip(labels, series[0].values, strict=True))
    return _chart(
        document,
        "requests-by-purpose",
        _("Requests by purpose"),
        findings.most(asked, value_of(document, "requests")),
        Bars(labels, series),
        (
            [_("Purpose"), *words],
            [[use, *(row[n] for n in _MEASURES)] for use, row in zip(labels, rows, strict=True)],
        ),
    )


def _rules(document: Json) -> Chart | None:
    rules = sorted(
        document["refusals_by_rule"], key=lambda rule: (-(rule["requests"] or 0), rule["rule"])
    )
    counts = [(rule["rule"], rule["requests"]) for rule in rules]
    if not counts:
        return None
    title = _("Requests refused, by rule")
    left = len(counts) - _MOST_BARS
    if left > 0:
        title = _("Requests refused, by the %(count)s rules that refused most") % {
            "count": count(_MOST_BARS)
        }
    return _bars(document, "refusals", title, counts[:_MOST_BARS], findings.most(counts))


def _table(document: Json, name: str) -> Chart | None:
    table = document["tables"].get(name)
    if table is None:
        return None
    counts: Counts = [
        (str(row_label(name, row["row"])), row["requests"])
        for row in sorted(table["rows"], key=lambda row: -(row["requests"] or 0))
        if row["requests"] != 0
    ]
    sentence = findings.most(counts, table["totals"]["requests"])
    return _bars(document, f"requests-by-{name.replace('_', '-')}", TITLES[name], counts, sentence)


def _figures(document: Json, names: Sequence[str]) -> Counts:
    counts = [(str(BY_NAME[name].label), value_of(document, name)) for name in names]
    return [(label, value) for label, value in counts if value]


def _bars(document: Json, name: str, title: Any, counts: Counts, finding: str) -> Chart | None:
    if not counts:
        return None
    labels = [label for label, _value in counts]
    subject = Bars(labels, [Series(_("Number"), [value for _label, value in counts])])
    headers = [_("What"), _("Number")]
    return _chart(document, name, title, finding, subject, (headers, list(map(list, counts))))


def _chart(
    document: Json,
    name: str,
    title: Any,
    finding: str,
    subject: Bars | Lines,
    table: tuple[Sequence[Any], Sequence[Sequence[Any]]],
) -> Chart:
    place = [document["number"], name]
    return Chart(
        name,
        title,
        finding,
        subject,
        *table,
        csv_url=file_url("transparency:chart_csv", *place),
        svg_url=reverse("transparency:chart_svg", args=place),
    )
