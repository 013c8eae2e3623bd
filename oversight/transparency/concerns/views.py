"""The page of the six concerns."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy import gate
from oversight.policy.presenting.board import halt_banner
from oversight.transparency import presenting, selectors
from oversight.transparency.concerns.evidence import answers
from oversight.transparency.frozen import published


@published
def concerns(request: HttpRequest) -> HttpResponse:
    """Each concern with the rules in force today and the figures of the latest period.

    The rules are the law as it stands, read as the pages under /rules/ do.
    """
    edition = selectors.latest_edition()
    document = edition.document if edition else None
    context: dict[str, Any] = {
        "edition": edition,
        "period": presenting.period_text(edition) if edition else "",
        "agency": gate.catalogue().agencies[settings.AGENCY].name,
        "answers": answers(settings.AGENCY, timezone.localdate(), document),
        "crumbs": [home_link(), Link(_("Six concerns"))],
        "site_alert": halt_banner(selectors.ALIAS),
    }
    return HttpResponse(render_to_string("transparency/concerns.html", context, request))
