"""Whose service this is, as every page says at its head."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from oversight.interface.components import Text


@dataclass(frozen=True)
class Identity:
    """Names at the head and foot of every page."""

    city: Text
    agency: Text
    service: Text
    contact: str
    """An e-mail address or telephone number for help; empty hides the line."""
    notice: Text
    """A short remark beside the city's name, such as "Demonstration"; empty hides it."""


def site_identity() -> Identity:
    """From the settings CITY_NAME, AGENCY_NAME, SERVICE_NAME, CONTACT and SITE_NOTICE, all optional.

    Touches neither the database nor the request, so that error pages can use it.
    """
    return Identity(
        city=getattr(settings, "CITY_NAME", _("city")),
        agency=getattr(settings, "AGENCY_NAME", ""),
        service=getattr(settings, "SERVICE_NAME", _("Oversight")),
        contact=getattr(settings, "CONTACT", ""),
        notice=getattr(settings, "SITE_NOTICE", ""),
    )
