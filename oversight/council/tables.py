"""Tables of the council's room."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from oversight.council.presenting.technologies import badge_of
from oversight.council.selectors.technologies import Standing
from oversight.interface.tables import Column, Table


def _technology_link(row: Standing) -> SafeString:
    address = reverse("council:technology", args=[row.technology.slug])
    return format_html('<a href="{}">{}</a>', address, row.technology.name)


class Technologies(Table):
    """The inventory."""

    caption = _("Surveillance technologies")
    default_sort = "name"
    downloadable = True
    empty = _("No technology is on the inventory yet")
    empty_hint = _("Nothing that is not listed and approved here can be used through this system.")
    name = Column(
        header=_("Technology"),
        row_header=True,
        sort="name",
        value="technology.name",
        cell=_technology_link,
    )
    kind = Column(
        header=_("Kind"), sort="kind", value=lambda row: row.technology.get_kind_display()
    )
    agency = Column(header=_("Used by"), sort="agency", value="technology.agency.name")
    vendor = Column(header=_("Maker or operator"), value="technology.vendor")
    standing = Column(
        header=_("Standing"), sort="standing", value=lambda row: str(badge_of(row).text)
    )
    vote = Column(
        header=_("Last vote"), value=lambda row: row.newest_vote.count if row.newest_vote else None
    )
    ends = Column(header=_("Approval ends"), value="renewal_due", sort="ends")
