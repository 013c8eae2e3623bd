"""Figures that nothing counts yet."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from oversight.transparency.definitions.definition import Definition

_LATER: Final = (
    ("corroborated", _("Leads confirmed by other evidence")),
    ("arrests", _("Arrests after a lead")),
    ("misidentifications", _("Persons wrongly identified")),
    ("exigent_uses", _("Uses in an emergency")),
    ("outside_results", _("Results received from outside")),
    ("unlogged_searches", _("Searches found that were not recorded")),
)

NOT_YET_RECORDED: Final = tuple(
    Definition(name, label, _("This is not recorded yet. That is not the same as zero."), "")
    for name, label in _LATER
)
