"""What everyone may read of the board's work: its audits and its meetings. Publications only."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import rfc8785
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from oversight.council.board import lots, selectors
from oversight.council.board.models import Publication
from oversight.council.board.presenting import audits as presenting
from oversight.council.board.presenting.papers import pack_pdf, pack_rows, sheets_of
from oversight.interface.components import Link
from oversight.interface.languages import file_url, home_link
from oversight.interface.pdf import pdf_response
from oversight.policy.presenting.board import halt_banner

Kind = Publication.Kind


@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    """Every sample, how far it was looked at, and answers that are late."""
    shown = [presenting.audit_of(each) for each in selectors.published(Kind.SAMPLE)]
    context = {
        "audits": shown,
        "overdue": sum(each.overdue for each in shown),
        "crumbs": [home_link(), Link(_("Audits"))],
    }
    return _page(request, "audits", context)


@require_safe
def audit(request: HttpRequest, number: int) -> HttpResponse:
    """One sample: its plan, its draw with how to repeat it, and what was found."""
    found = _published_or_404(Kind.SAMPLE, number)
    context = {
        "audit": presenting.audit_of(found),
        "json_url": file_url("board:audit_json", number=number),
        "program_url": file_url("board:lots"),
        "crumbs": _crumbs(_("Audits"), "board:audits", _("Audit %(number)s") % {"number": number}),
    }
    return _page(request, "audit", context)


@require_safe
def audit_json(_request: HttpRequest, number: int) -> HttpResponse:
    """The facts of a sample with its plan: what ``lots.py`` reads. The record holds their digests."""
    found = _published_or_404(Kind.SAMPLE, number)
    facts = {**found.document, "plan": selectors.published_plan(number)}
    response = HttpResponse(rfc8785.dumps(facts), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="sample-{number}.json"'
    return response


@require_safe
def program(_request: HttpRequest) -> HttpResponse:
    """The program that draws a sample again."""
    source = Path(lots.__file__).read_text(encoding="utf-8")
    response = HttpResponse(source, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lots.py"'
    return response


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """Meetings to come, and those that were held with their papers."""
    called = [presenting.meeting_of(each) for each in selectors.published(Kind.MEETING)]
    papers = {each.subject for each in selectors.published(Kind.PACK)}
    now = timezone.now()
    recent = now - timedelta(hours=12)  # so long a meeting may last
    context = {
        "coming": sorted(
            (each for each in called if each.starts_at >= recent), key=lambda each: each.starts_at
        ),
        "held": [each for each in called if each.starts_at < recent],
        "with_papers": papers,
        "crumbs": [home_link(), Link(_("Meetings"))],
    }
    return _page(request, "public_meetings", context)


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting, and the public part of its papers."""
    called = presenting.meeting_of(_published_or_404(Kind.MEETING, number))
    context: dict[str, Any] = {
        "meeting": called,
        "crumbs": _crumbs(
            _("Meetings"), "board:public_meetings", _("Meeting %(number)s") % {"number": number}
        ),
    }
    try:
        papers = selectors.published_of(Kind.PACK, number)
    except Publication.DoesNotExist:
        return _page(request, "public_meeting", context)
    context |= {
        "about": pack_rows(papers.document, papers.digest),
        "sheets": sheets_of(papers.document),
        "version": papers.sequence,
        "pdf_url": file_url("board:meeting_pdf", number=number),
        "json_url": file_url("board:meeting_json", number=number),
    }
    return _page(request, "public_meeting", context)


@require_safe
def meeting_pdf(_request: HttpRequest, number: int) -> HttpResponse:
    """The public part of a meeting's papers as PDF/UA-1."""
    found = _published_or_404(Kind.PACK, number)
    content = pack_pdf(found.document, digest=found.digest, frozen_at=found.published_at)
    return pdf_response(content, f"meeting-{number}")


@require_safe
def meeting_json(_request: HttpRequest, number: int) -> HttpResponse:
    """The same as data."""
    found = _published_or_404(Kind.PACK, number)
    return HttpResponse(rfc8785.dumps(found.document), content_type="application/json")


def _published_or_404(kind: Publication.Kind, subject: int) -> Publication:
    try:
        return selectors.published_of(kind, subject)
    except Publication.DoesNotExist:
        raise Http404 from None


def _crumbs(section: str, name: str, here: str) -> list[Link]:
    return [home_link(), Link(section, reverse(name)), Link(here)]


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    banner = SimpleLazyObject(partial(halt_banner, selectors.PUBLIC))
    return render(request, f"council/board/{name}.html", {**context, "site_alert": banner})
