"""What an officer owes after a search: one page a report."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oversight.interface.components import Link
from oversight.people.viewer import viewer_of
from oversight.requests import services
from oversight.requests.duties import unfiled_of
from oversight.requests.forms import ReportForm
from oversight.requests.views.officer import own_request


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask for the report that is owed on a search, the earliest term first; then for the next."""
    viewer, found = viewer_of(request), own_request(request, key)
    owed = [duty for duty in unfiled_of(viewer) if duty.submission.request.key == key]
    if not owed:
        return redirect("requests:status", key=key)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.file_report(duty=owed[0], officer=viewer, text=form.cleaned_data["text"])
        except services.NothingOwedError:
            return redirect("requests:status", key=key)
        return redirect("requests:report" if owed[1:] else "requests:status", key=key)
    context = {
        "form": form,
        "found": found,
        "duty": owed[0],
        "pack_and_rule": owed[0].rule.split("/", 1),
        "overdue": owed[0].due_at <= timezone.now(),
        "back_url": reverse("requests:status", args=[key]),
        "crumbs": [
            Link(_("My requests"), reverse("requests:mine")),
            Link(str(found), reverse("requests:status", args=[key])),
            Link(_("Report")),
        ],
    }
    return render(request, "requests/report.html", context)
