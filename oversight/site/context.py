"""What the base layout shows on every page: the way around, and who is signed in."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Link, UserMenu, mark_current
from oversight.people.models import Person, Role
from oversight.people.selectors import roles_of

_DESKS = (
    (Role.OFFICER, _("My requests"), "requests:mine"),
    (Role.SUPERVISOR, _("Waiting for sign-off"), "requests:queue"),
    (Role.EXAMINER, _("Comparisons"), "leads:queue"),
    (Role.BOARD, _("The record's alarms"), "ledger:watch"),
    (Role.AUDITOR, _("Search the record"), "ledger:search"),
)

_PUBLIC = (
    (_("Figures"), "/statistics/"),
    (_("Reports"), "/reports/"),
    (_("Rules"), "/rules/"),
    (_("The record"), "/ledger/"),
)


def house(request: HttpRequest) -> dict[str, Any]:
    """Return navigation and user menu; for strangers and on error pages, the public ones."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        links = [Link(label, address) for label, address in _PUBLIC]
        return {"navigation": mark_current(links, request.path), "user_menu": None}
    held = roles_of(person, on=timezone.localdate())
    links = [Link(label, reverse(name)) for role, label, name in _DESKS if role in held]
    titles = [str(role.label) for role in Role if role in held]
    return {
        "navigation": mark_current(links, request.path),
        "user_menu": UserMenu(person.name, ", ".join(titles), reverse("account_logout")),
        "home_url": reverse("desk"),
    }
