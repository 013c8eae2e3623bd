"""What an officer owes after a search: one page a report."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oversight.interface.components import Link, SummaryRow
from oversight.people.carrying import posted_or_typed
from oversight.people.viewer import viewer_of
from oversight.requests import services
from oversight.requests.duties import unfiled_of
from oversight.requests.forms import ReportForm
from oversight.requests.models import Duty, SearchRequest
from oversight.requests.views.officer import own_request


@require_http_methods(["GET", "POST"])
@never_cache
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for the report that is owed on a search, the earliest term first; then for the next."""
    viewer, found = viewer_of(request), own_request(request, key)
    owed = {duty.pk: duty for duty in unfiled_of(viewer) if duty.submission.request_id == found.pk}
    first = next(iter(owed.values()), None)
    form = ReportForm(posted_or_typed(request), initial={"duty": first and first.pk})
    if request.method == "POST" and form.is_valid():
        return _file(request, found, owed.get(form.cleaned_data["duty"]), form.cleaned_data["text"])
    if first is None:
        return redirect("requests:status", key=key)
    return _page(request, found, first, form)


def _file(request: HttpRequest, found: SearchRequest, duty: Duty | None, text: str) -> HttpResponse:
    """File what the page asked for; a second press must not file it for the next duty."""
    with suppress(services.NothingOwedError):
        if duty is not None:
            services.file_report(duty=duty, officer=viewer_of(request), text=text)
            return redirect("requests:report", key=found.key)
    context = {
        "current_url": reverse("requests:status", args=[found.key]),
        "typed": [SummaryRow(_("Report"), text)],
    }
    return render(request, "requests/reported_already.html", context, status=409)


def _page(request: HttpRequest, found: SearchRequest, duty: Duty, form: ReportForm) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "duty": duty,
        "pack_and_rule": duty.rule.split("/", 1),
        "overdue": duty.due_at <= timezone.now(),
        "back_url": reverse("requests:status", args=[found.key]),
        "crumbs": [
            Link(_("My requests"), reverse("requests:mine")),
            Link(str(found), reverse("requests:status", args=[found.key])),
            Link(_("Report")),
        ],
    }
    return render(request, "requests/report.html", context, status=422 if form.errors else 200)
