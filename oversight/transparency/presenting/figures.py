"""Figures with their definitions, and beside those of the period before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oversight.interface.components import Figure, Text
from oversight.transparency.definitions import (
    BY_NAME,
    ENDINGS,
    NOT_YET_RECORDED,
    RESULTS,
    SUPPLIED,
    Definition,
)
from oversight.transparency.presenting.words import DASH, count, figure_text, value_of

Json = Mapping[str, Any]

_GROUPS: Final = (
    ("requests", gettext_lazy("Requests, and where they ended"), ("requests", *ENDINGS)),
    ("sign-off", gettext_lazy("What supervisors did"), ("approved", "returned")),
    (
        "searches",
        gettext_lazy("Searches, and what they gave"),
        ("run", *RESULTS, "run_for_earlier_requests", "run_although_refused"),
    ),
    (
        "access",
        gettext_lazy("People and pictures"),
        ("people_with_access", "templates_held", "templates_purged"),
    ),
    ("watch", gettext_lazy("Complaints, audits and cost"), tuple(SUPPLIED)),
    (
        "later",
        gettext_lazy("Not recorded yet"),
        tuple(definition.name for definition in NOT_YET_RECORDED),
    ),
)
_ABOUT_EARLIER: Final = frozenset(
    {"refused_before_adoption", "not_run_before_adoption", "run_although_refused"}
)


@dataclass(frozen=True)
class FigureLine:
    """A figure as a table shows it; ``before`` and ``change`` are of the period before.

    ``anchor`` is the id of its line; empty for a figure that stands on the page already.
    """

    anchor: str
    definition: Definition
    text: str
    note: str
    before: str
    change: str


@dataclass(frozen=True)
class FigureGroup:
    """Figures that belong together. ``recorded`` tells whether any of them has a value."""

    name: str
    caption: Text
    lines: Sequence[FigureLine]
    recorded: bool = True


def figures(document: Json, names: Sequence[str], address: str = "") -> list[Figure]:
    """Figures for the big numbers of a page; ``address`` is where definitions stand."""
    return [
        Figure(
            figure_text(value_of(document, name)),
            BY_NAME[name].label,
            definition_url=f"{address}#{name}",
            note=share_before(document["figures"].get(name)),
        )
        for name in names
    ]


def figure_groups(document: Json, before: Json | None = None) -> list[FigureGroup]:
    """Every figure of an edition, by theme; beside it that of ``before``, where there is one.

    Figures about the time before adoption are left out where nothing is known of that time.
    """
    told_of_earlier = any(document["figures"].get(n, {}).get("value") for n in _ABOUT_EARLIER)
    seen: set[str] = set()
    groups = []
    for group, caption, names in _GROUPS:
        wanted = [name for name in names if told_of_earlier or name not in _ABOUT_EARLIER]
        lines = [_line(name, "" if name in seen else name, document, before) for name in wanted]
        seen.update(wanted)
        recorded = any(value_of(document, name) is not None for name in wanted)
        groups.append(FigureGroup(f"figures-{group}", caption, lines, recorded))
    return groups


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
        for definition in BY_NAME.values()
    ]


def share_before(figure: Json | None) -> str:
    """How much of a figure is from before adoption; empty for nothing."""
    if not figure or not figure["before_adoption"]:
        return ""
    if figure["before_adoption"] == figure["value"]:
        return _("All of them before adoption")
    return _("%(count)s of them before adoption") % {"count": count(figure["before_adoption"])}


def _line(name: str, anchor: str, document: Json, before: Json | None) -> FigureLine:
    value = value_of(document, name)
    past = None if before is None else value_of(before, name)
    return FigureLine(
        anchor=anchor,
        definition=BY_NAME[name],
        text=figure_text(value),
        note=share_before(document["figures"].get(name)),
        before=figure_text(past),
        change=_change(value, past),
    )


def _change(value: int | str | None, past: int | str | None) -> str:
    """The difference in words and a sign, never by colour; a dash where one is missing."""
    if value is None or past is None:
        return DASH
    difference = Decimal(value) - Decimal(past)
    if not difference:
        return _("the same")
    places = 2 if isinstance(value, str) else 0
    size = number_format(abs(difference), decimal_pos=places, force_grouping=True)
    if difference > 0:
        return _("%(count)s more") % {"count": size}
    return _("%(count)s fewer") % {"count": size}
