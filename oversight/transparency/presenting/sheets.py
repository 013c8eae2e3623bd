"""The tables of an edition in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.interface.components import Text
from oversight.policy.translations import as_written
from oversight.transparency.breakdowns import COLUMN_LABELS, COLUMNS, TITLES, row_label
from oversight.transparency.definitions import BY_NAME, ENDINGS, RESULTS
from oversight.transparency.presenting.words import DASH, count, rule_text, use_label, value_of

Json = Mapping[str, Any]
Labels = Mapping[str, Text]

MEASURES: Final[Labels] = {
    "requests": gettext_lazy("Requests"),
    "refused": gettext_lazy("Refused"),
    "run": gettext_lazy("Searches run"),
    "no_candidate": gettext_lazy("Nobody returned"),
    "leads": gettext_lazy("Leads"),
    "before_adoption": gettext_lazy("Of these, before adoption"),
}
_ACTS: Final = ("requests", "refused", "run")
_QUANTILES: Final[Labels] = {
    "counted": gettext_lazy("Verdicts"),
    "quarter": gettext_lazy("A quarter took at most"),
    "median": gettext_lazy("Half took at most"),
    "three_quarters": gettext_lazy("Three quarters took at most"),
    "nine_tenths": gettext_lazy("Nine of ten took at most"),
}
_DURATIONS: Final[Labels] = {
    "waited": gettext_lazy("From sending a request to the supervisor's verdict, in minutes"),
    "waited_before_adoption": gettext_lazy(
        "Before adoption, as told: from sending to the verdict, in minutes"
    ),
    "read": gettext_lazy("From opening a request to the supervisor's verdict, in seconds"),
}


@dataclass(frozen=True)
class Cell:
    """A cell with the head of its column, repeated where columns are stacked."""

    text: str
    header: Text
    numeric: bool


@dataclass(frozen=True)
class Sheet:
    """A table as a page shows it, ``numeric`` cells after the heads of the row.

    ``file`` names the open-data file of an edition that holds the same; empty if there is none.
    """

    name: str
    caption: Text
    headers: Sequence[Text]
    rows: Sequence[Sequence[Cell]]
    note: Text = ""
    file: str = ""

    @property
    def heads(self) -> int:
        """How many columns are words."""
        return sum(not cell.numeric for cell in self.rows[0]) if self.rows else 0


_Row = tuple[Sequence[str], Sequence[int | None]]
"""The heads of a row, and its counts."""


def sheets(document: Json) -> list[Sheet]:
    """Every table of an edition, those without a row left out."""
    found = [
        _figure_sheet(document, "endings", _("What became of the requests"), ENDINGS),
        _figure_sheet(document, "results", _("What the searches gave"), RESULTS),
        *breakdowns(document),
    ]
    return [sheet for sheet in found if sheet.rows]


def breakdowns(document: Json) -> list[Sheet]:
    """Every table of an edition that says more than its figures, those without a row left out."""
    found = [
        _rules(document),
        _use_types(document),
        _months(document),
        _places(document, "units", "unit", _("By unit"), _("Unit")),
        _places(document, "areas", "area", _("By area that the unit serves"), _("Area")),
        _durations(document),
        *(_about_persons(name, table, document) for name, table in document["tables"].items()),
    ]
    return [sheet for sheet in found if sheet.rows]


def _sheet(
    name: str,
    caption: Text,
    headers: Sequence[Text],
    rows: Iterable[_Row],
    *,
    note: Text = "",
    file: str = "",
) -> Sheet:
    cells = [_cells(heads, counts, headers) for heads, counts in rows]
    return Sheet(name, caption, headers, cells, note, file)


def _cells(
    heads: Sequence[str], counts: Sequence[int | None], headers: Sequence[Text]
) -> list[Cell]:
    texts = [*heads, *(count(value) for value in counts)]
    return [
        Cell(text, header, index >= len(heads))
        for index, (text, header) in enumerate(zip(texts, headers, strict=True))
    ]


def _figure_sheet(document: Json, name: str, caption: str, names: Sequence[str]) -> Sheet:
    rows: list[_Row] = [
        ([str(BY_NAME[each].label)], [value_of(document, each)])
        for each in names
        if value_of(document, each)
    ]
    return _sheet(name, caption, [_("What happened"), _("Number")], rows, file="figures")


def _rules(document: Json) -> Sheet:
    rows: list[_Row] = [
        ([rule_text(rule), as_written(rule["citation"]) or DASH], [rule["requests"]])
        for rule in document["refusals_by_rule"]
    ]
    rows += [
        (
            [_("%(rule)s (as told, before adoption)") % rule, DASH],
            [rule["requests"]],
        )
        for rule in document["refusals_by_rule_before_adoption"]
    ]
    return _sheet(
        "rules",
        _("Requests refused, by rule"),
        [_("Rule"), _("Source"), _("Requests")],
        rows,
        note=_("A request can break several rules, so these may add up to more than were refused."),
        file="refusals-by-rule",
    )


def _use_types(document: Json) -> Sheet:
    leads: dict[str, int | None] = {}
    for row in document["searches"]:
        use, before = row["use_type"], leads.get(row["use_type"], 0)
        leads[use] = None if None in (before, row["leads"]) else (before or 0) + row["leads"]
    names = ("requests", "refused", "run", "leads", *_earlier(document))
    rows: list[_Row] = [
        (
            [use_label(row["use_type"])],
            [{**row, "leads": leads.get(row["use_type"], 0)}[name] for name in names],
        )
        for row in sorted(document["use_types"], key=lambda row: -(row["requests"] or 0))
    ]
    headers = [_("Purpose"), *_measures(names)]
    return _sheet("use-types", _("For what"), headers, rows, file="use-types")


def _months(document: Json) -> Sheet:
    names = (*_ACTS, "no_candidate", "leads", *_earlier(document))
    rows: list[_Row] = [
        ([row["month"]], [row[name] for name in names]) for row in document["months"]
    ]
    headers = [_("Month"), *_measures(names)]
    return _sheet("months", _("Month by month"), headers, rows, file="months")


def _places(document: Json, name: str, column: str, caption: str, head: str) -> Sheet:
    """Acts by unit or area. Editions from before these were counted have none."""
    names = (*_ACTS, *_earlier(document))
    rows: list[_Row] = [
        ([row["agency"], _place(row[column])], [row[each] for each in names])
        for row in document.get(name, ())
    ]
    note = _(
        "Results are not told here: beside the other tables, they would give small numbers away."
    )
    headers = [_("Agency"), head, *_measures(names)]
    return _sheet(name, caption, headers, rows, note=note, file=name)


def _place(name: str | None) -> str:
    if name is None:
        return _("Not stated, or not a unit that the agency lists")
    return name or _("All of the city")


def _durations(document: Json) -> Sheet:
    rows: list[_Row] = [
        ([str(_DURATIONS[row["name"]])], [row[each] for each in _QUANTILES])
        for row in document.get("durations", ())
        if row["counted"]
    ]
    return _sheet(
        "durations",
        _("How long sign-off took"),
        [_("What was timed"), *_QUANTILES.values()],
        rows,
        note=_(
            "The last sending of a request counts. Under 20 verdicts, only their number is told."
        ),
        file="durations",
    )


def _about_persons(name: str, table: Json, document: Json) -> Sheet:
    columns = ("requests", *COLUMNS)
    rows: list[_Row] = [
        ([str(row_label(name, row["row"]))], [row[column] for column in columns])
        for row in table["rows"]
        if any(row[column] != 0 for column in columns)
    ]
    if rows:
        rows.append(([_("All")], [table["totals"][column] for column in columns]))
    note = _("Groups in which nothing was counted are left out.")
    if _earlier(document):
        note = _(
            "Groups in which nothing was counted are left out. Searches from before adoption are"
            " counted with the others."
        )
    headers = [_("Group"), *(COLUMN_LABELS[column] for column in columns)]
    caption = TITLES.get(name, name)
    return _sheet(name.replace("_", "-"), caption, headers, rows, note=note, file="groups")


def _measures(names: Sequence[str]) -> list[Text]:
    return [MEASURES[name] for name in names]


def _earlier(document: Json) -> tuple[str, ...]:
    """The column for the share from before adoption, in documents that have any."""
    figure = document["figures"]["requests"]
    return ("before_adoption",) if figure["before_adoption"] else ()
