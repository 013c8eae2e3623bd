"""From an edition's document to what a page shows. Nothing here reads a database."""

from oversight.transparency.presenting.figures import (
    FigureGroup,
    FigureLine,
    definitions,
    figure_groups,
    figures,
)
from oversight.transparency.presenting.sheets import Cell, Sheet, breakdowns, sheets
from oversight.transparency.presenting.story import story
from oversight.transparency.presenting.words import (
    count,
    figure_text,
    period_text,
    use_label,
    value_of,
)

__all__ = [
    "Cell",
    "FigureGroup",
    "FigureLine",
    "Sheet",
    "breakdowns",
    "count",
    "definitions",
    "figure_groups",
    "figure_text",
    "figures",
    "period_text",
    "sheets",
    "story",
    "use_label",
    "value_of",
]
