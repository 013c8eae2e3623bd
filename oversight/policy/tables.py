"""Tables of the policy room."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.interface.tables import Column, Table
from oversight.policy.presenting.lawbook import RuleRow


def _rule_link(row: RuleRow) -> SafeString:
    return format_html('<a href="{}">{}</a>', row.url, row.rule.title)


class Rules(Table):
    """Rules that were looked for."""

    caption = _("Rules")
    default_sort = "instrument"
    downloadable = True
    title = Column(
        header=_("Rule"), row_header=True, value="rule.title", sort="title", cell=_rule_link
    )
    instrument = Column(header=_("Instrument"), value="instrument.title", sort="instrument")
    safeguard = Column(header=_("Safeguard"), sort="safeguard")
    standing = Column(header=_("Standing"), value="badge.text", sort="standing")
    evidence = Column(header=_("Evidence"), value="evidence.text", sort="evidence")
    source = Column(header=_("Source"), value="rule.citation")
