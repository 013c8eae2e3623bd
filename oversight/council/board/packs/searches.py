"""Requests, searches and refusals, in a pack."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from oversight.council.board.figures import Line, dashboard
from oversight.council.board.packs.sheets import Grid, Sheet, sheet_of
from oversight.council.board.periods import Period

_EXACT: Final = ("requests", "refused_by_gate", "refused_by_supervisor", "run")
"""Totals that editions publish exactly, whatever the period."""


def figure_sheets(period: Period) -> list[Sheet]:
    """Figures for everyone, all of them for the board, and refusals by rule."""
    board = dashboard(period)
    exact = [line for line in board.volume if line.name in _EXACT]
    before = _("The figures of the days before stand beside them.")
    return [
        Sheet(
            _("Figures of the period"),
            public=True,
            lines=[before, _("Published reports give them in full, with small counts withheld.")],
            tables=[_lines_grid(_("Requests and searches"), exact)],
        ),
        Sheet(
            _("Figures for the board"),
            public=False,
            tables=[
                _lines_grid(_("Requests"), board.volume),
                _lines_grid(_("Results of the searches"), board.results),
                _lines_grid(_("Verdicts"), board.verdicts),
            ],
        ),
        sheet_of(
            _("Requests that the rules refused"),
            public=True,
            grid=_refusals(board.refusals),
            nothing=_("None in this period."),
        ),
    ]


def _lines_grid(caption: str, lines: Iterable[Line]) -> Grid:
    headers = [_("Figure"), _("This period"), _("Before")]
    return Grid(caption, headers, [[str(line.label), line.now, line.before] for line in lines])


def _refusals(lines: Iterable[Line]) -> Grid:
    headers = [_("Rule"), _("Why it refused"), _("This period"), _("Before")]
    rows = [[line.rule, str(line.label), line.now, line.before] for line in lines]
    return Grid(_("Refusals by rule"), headers, rows, words=2)
