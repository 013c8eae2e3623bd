"""What the base layout shows on every page: the way around, and who is signed in."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Link, Text, UserMenu, mark_current
from oversight.interface.languages import home_url
from oversight.people.carrying import typed_left
from oversight.people.models import Person, Role
from oversight.people.selectors import roles_of
from oversight.policy.presenting.board import halt_banner
from oversight.site.languages import translations_for

_DESKS = (
    (Role.OFFICER, _("My requests"), "requests:mine"),
    (Role.SUPERVISOR, _("Waiting for sign-off"), "requests:queue"),
    (Role.EXAMINER, _("Comparisons"), "leads:queue"),
    (Role.SUPERVISOR, _("Answers to the board"), "board:answers"),
    (Role.BOARD, _("Dashboard"), "board:dashboard"),
    (Role.BOARD, _("Samples"), "board:samples"),
    (Role.BOARD, _("Meetings"), "board:meetings"),
    (Role.BOARD, _("The record's alarms"), "ledger:watch"),
    (Role.BOARD, _("Replays"), "policy:replays"),
    (Role.BOARD, _("Suspension"), "policy:suspend"),
    (Role.BOARD, _("Instruments"), "policy:proposals"),
    (Role.ADMINISTRATOR, _("Instruments"), "policy:proposals"),
    (Role.ADMINISTRATOR, _("Recipients of notices"), "board:recipients"),
    (Role.BOARD, _("Technologies"), "council:technologies"),
    (Role.BOARD, _("Public comment"), "council:consultations"),
    (Role.BOARD, _("Complaints desk"), "council:complaint_desk"),
    (Role.ADMINISTRATOR, _("Technologies"), "council:technologies"),
    (Role.ADMINISTRATOR, _("Requests for records"), "council:records_requests"),
    (Role.AUDITOR, _("Complaints desk"), "council:complaint_desk"),
    (Role.BOARD, _("Reports to file"), "transparency:report_desk"),
    (Role.ADMINISTRATOR, _("Reports to file"), "transparency:report_desk"),
    (Role.AUDITOR, _("Search the record"), "ledger:search"),
    (Role.AUDITOR, _("Dashboard"), "board:dashboard"),
    (Role.AUDITOR, _("Sealing and legal holds"), "ledger:sealings"),
    (Role.ADMINISTRATOR, _("Sealing and legal holds"), "ledger:sealings"),
)

_PUBLIC = (
    (_("Figures"), "transparency:statistics"),
    (_("Reports"), "transparency:reports"),
    (_("Rules"), "policy:rules"),
    (_("Audits"), "board:audits"),
    (_("Meetings"), "board:public_meetings"),
    (_("Technologies"), "council:technologies"),
    (_("Have your say"), "council:consultations"),
    (_("Complaints"), "council:complaints"),
    (_("The record"), "ledger:overview"),
)

_FOOT = (
    (_("Six concerns"), "transparency:concerns"),
    (_("Would it be allowed?"), "policy:ask"),
    (_("Suspensions"), "policy:suspensions"),
    (_("Requests for records"), "council:records_requests"),
    (_("Open data"), "transparency:open_data"),
    (_("Programming interface"), "transparency:api"),
    (_("News feed"), "transparency:feed"),
    (_("Accessibility"), "transparency:accessibility"),
)


def house(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, user menu and banner; for strangers and on error pages, the public ones.

    The banner is read only where a page shows it: public pages bring their own, read through the
    public's own database role.
    """
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {
            "navigation": mark_current(_links(_PUBLIC), request.path),
            "user_menu": None,
            "footer_links": _links(_FOOT),
            "home_url": home_url(),
            "translations": translations_for(request),
            "site_alert": SimpleLazyObject(halt_banner),
        }
    held = roles_of(person, on=timezone.localdate())
    # Two roles may lead to one page.
    shown = {name: label for role, label, name in _DESKS if role in held}
    links = [Link(label, reverse(name)) for name, label in shown.items()]
    titles = [str(role.label) for role in Role if role in held]
    return {
        "navigation": mark_current(links, request.path),
        "user_menu": UserMenu(
            person.name,
            ", ".join(titles),
            reverse("account_logout"),
            [Link(_("How you sign in"), reverse("mfa_index"))],
        ),
        "home_url": reverse("desk"),
        "footer_links": _links(_FOOT),
        "translations": translations_for(request),
        "site_alert": SimpleLazyObject(halt_banner),
        # Asked for while the page is set, when its forms have taken what they can.
        "typed_left": partial(typed_left, request),
    }


def _links(pages: Iterable[tuple[Text, str]]) -> list[Link]:
    return [Link(label, reverse(name)) for label, name in pages]
