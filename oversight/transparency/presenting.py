"""From an edition's document to what a page shows. Nothing here reads a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.interface.components import Figure, Text
from oversight.interface.display import date_text
from oversight.requests import codes
from oversight.transparency.breakdowns import COLUMN_LABELS, COLUMNS, TITLES, row_label
from oversight.transparency.definitions import ALL, BY_NAME, ENDINGS, RESULTS
from oversight.transparency.models import Edition

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell with the head of its column, repeated where columns are stacked."""

    text: str
    header: Text
    numeric: bool


@dataclass(frozen=True)
class Sheet:
    """A table as a page shows it: the first cell of each row is its head."""

    name: str
    caption: Text
    headers: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    note: Text = ""


def count(value: int | None) -> str:
    """A published count; None was withheld."""
    return _("withheld") if value is None else number_format(value, force_grouping=True)


def figure_text(value: int | str | None) -> str:
    """A published figure: a count, an amount with its cents, or that there is none."""
    return _("not yet recorded") if value is None else number_format(value, force_grouping=True)


def period_text(edition: Edition) -> str:
    """The period in words, both days included."""
    last = edition.period_to - timedelta(days=1)
    if edition.period_from == last:
        return date_text(last)
    return _("%(first)s to %(last)s") % {
        "first": date_text(edition.period_from),
        "last": date_text(last),
    }


def value_of(document: Json, name: str) -> int | None:
    """A figure's value; None where it is not recorded."""
    figure = document["figures"].get(name)
    return None if figure is None else figure["value"]


def figures(document: Json, names: Sequence[str], address: str = "") -> list[Figure]:
    """Figures for the big numbers of a page; ``address`` is where definitions stand."""
    return [
        Figure(
            _("not yet recorded") if value_of(document, name) is None else value_of(document, name),
            BY_NAME[name].label,
            definition_url=f"{address}#{name}",
            note=_share_before(document["figures"].get(name)),
        )
        for name in names
    ]


def story(document: Json) -> list[tuple[str, str]]:
    """The questions that everyone asks, each answered in a sentence or two."""
    requests, run, leads = (value_of(document, name) or 0 for name in ("requests", "run", "leads"))
    refused = sum(row["refused"] for row in document["months"])
    return [
        (_("Is it used?"), _used(requests, run)),
        (_("How often?"), _how_often(document, requests)),
        (_("For what?"), _for_what(document)),
        (_("With what result?"), _result(document, run, leads)),
        (_("What was refused?"), _refused(document, requests, refused)),
    ]


def sheets(document: Json) -> list[Sheet]:
    """Every table of an edition, those without a row left out."""
    found = [
        _figure_sheet(document, "endings", _("What became of the requests"), ENDINGS),
        _figure_sheet(document, "results", _("What the searches gave"), RESULTS),
        _rules(document),
        _use_types(document),
        _months(document),
        *(_about_persons(name, table) for name, table in document["tables"].items()),
    ]
    return [sheet for sheet in found if sheet.rows]


def definitions(document: Json) -> list[dict[str, object]]:
    """Each figure with its value, its words and its rows."""
    return [
        {
            "name": definition.name,
            "label": definition.label,
            "text": definition.text,
            "rows": definition.rows,
            "value": value_of(document, definition.name),
        }
        for definition in ALL
    ]


def use_label(use_type: str) -> str:
    """The words for a purpose."""
    return str(codes.PURPOSES.get(use_type, _("Not stated")))


def _share_before(figure: Json | None) -> str:
    if not figure or not figure["before_adoption"]:
        return ""
    return _("%(count)s of them before adoption") % {"count": count(figure["before_adoption"])}


def _used(requests: int, run: int) -> str:
    if not requests:
        return _("No. Nobody asked for a search.")
    if not run:
        return _("Searches were asked for, and none was run.")
    text = ngettext("Yes. %(count)s search was run.", "Yes. %(count)s searches were run.", run)
    return text % {"count": count(run)}


def _how_often(document: Json, requests: int) -> str:
    period = document["period"]
    days = (date.fromisoformat(period["to"]) - date.fromisoformat(period["from"])).days
    text = ngettext(
        "Officers sent %(count)s request in %(days)s days.",
        "Officers sent %(count)s requests in %(days)s days.",
        requests,
    )
    return text % {"count": count(requests), "days": count(days)}


def _for_what(document: Json) -> str:
    uses = sorted(document["use_types"], key=lambda row: (-row["requests"], row["use_type"]))
    if not uses:
        return _("For nothing: there were no requests.")
    named = [f"{use_label(row['use_type'])} ({count(row['requests'])})" for row in uses[:3]]
    text = "; ".join(named)
    if len(uses) == 1:
        return _("All requests were for one purpose: %(uses)s.") % {"uses": text}
    return _("Most often: %(uses)s.") % {"uses": text}


def _result(document: Json, run: int, leads: int) -> str:
    if not run:
        return _("There was no result, since no search was run.")
    text = ngettext(
        "%(leads)s search of %(run)s gave a lead.",
        "%(leads)s searches of %(run)s gave a lead.",
        leads,
    ) % {"leads": count(leads), "run": count(run)}
    nobody = value_of(document, "no_candidate") or 0
    more = ngettext("%(count)s found nobody.", "%(count)s found nobody.", nobody)
    return f"{text} {more % {'count': count(nobody)}}"


def _refused(document: Json, requests: int, refused: int) -> str:
    if not requests:
        return _("Nothing, since nothing was asked for.")
    text = ngettext(
        "%(refused)s request of %(requests)s was refused.",
        "%(refused)s requests of %(requests)s were refused.",
        refused,
    ) % {"refused": count(refused), "requests": count(requests)}
    gate = value_of(document, "refused_by_gate") or 0
    more = ngettext(
        "The rules alone stopped %(count)s.", "The rules alone stopped %(count)s.", gate
    )
    told = [text, more % {"count": count(gate)}]
    often = sorted(document["refusals_by_rule"], key=lambda rule: -rule["requests"])
    if often:
        told.append(_("Most often because: %(rule)s") % {"rule": _rule_text(often[0])})
    return " ".join(told)


def _sheet(
    name: str,
    caption: Text,
    headers: Sequence[Text],
    rows: Sequence[Sequence[str]],
    note: Text = "",
) -> Sheet:
    cells = [
        [
            Cell(text, header, index > 0)
            for index, (text, header) in enumerate(zip(row, headers, strict=True))
        ]
        for row in rows
    ]
    return Sheet(name, caption, headers, cells, note)


def _figure_sheet(document: Json, name: str, caption: str, names: Sequence[str]) -> Sheet:
    rows = [
        [str(BY_NAME[each].label), count(document["figures"][each]["value"])]
        for each in names
        if document["figures"][each]["value"]
    ]
    return _sheet(name, caption, [_("What happened"), _("Number")], rows)


def _rules(document: Json) -> Sheet:
    rows = [
        [_rule_text(rule), rule["citation"] or "-", count(rule["requests"])]
        for rule in document["refusals_by_rule"]
    ]
    earlier = [
        [_("%(rule)s (as told, before adoption)") % rule, "-", count(rule["requests"])]
        for rule in document["refusals_by_rule_before_adoption"]
    ]
    return _sheet(
        "rules",
        _("Requests refused, by rule"),
        [_("Rule"), _("Source"), _("Requests")],
        [*rows, *earlier],
        _("A request can break several rules, so these may add up to more than were refused."),
    )


def _rule_text(rule: Json) -> str:
    return f"{rule['message']} ({rule['rule']})" if rule["message"] else rule["rule"]


def _use_types(document: Json) -> Sheet:
    leads: dict[str, int | None] = {}
    for row in document["searches"]:
        use, before = row["use_type"], leads.get(row["use_type"], 0)
        leads[use] = None if None in (before, row["leads"]) else (before or 0) + row["leads"]
    rows = [
        [
            use_label(row["use_type"]),
            *(count(row[name]) for name in ("requests", "refused", "run")),
            count(leads.get(row["use_type"], 0)),
        ]
        for row in sorted(document["use_types"], key=lambda row: -row["requests"])
    ]
    headers = [_("Purpose"), _("Requests"), _("Refused"), _("Searches run"), _("Leads")]
    return _sheet("use-types", _("For what"), headers, rows)


def _months(document: Json) -> Sheet:
    names = ("requests", "refused", "run", "no_candidate", "leads")
    rows = [[row["month"], *(count(row[name]) for name in names)] for row in document["months"]]
    headers = [
        *(_("Month"), _("Requests"), _("Refused"), _("Searches run")),
        *(_("Nobody returned"), _("Leads")),
    ]
    return _sheet("months", _("Month by month"), headers, rows)


def _about_persons(name: str, table: Json) -> Sheet:
    columns = ("requests", *COLUMNS)
    some = [row for row in table["rows"] if any(row[column] != 0 for column in columns)]
    rows = [
        [str(row_label(name, row["row"])), *(count(row[column]) for column in columns)]
        for row in some
    ]
    if rows:
        rows.append([_("All"), *(count(table["totals"][column]) for column in columns)])
    headers = [_("Group"), *(COLUMN_LABELS[column] for column in columns)]
    note = _("Groups in which nothing was counted are left out.")
    return _sheet(name.replace("_", "-"), TITLES.get(name, name), headers, rows, note)
