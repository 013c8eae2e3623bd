"""Requests for public records: the figures for everyone, entered by the department."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.forms.records import RecordsAnswerForm, RecordsRequestForm
from oversight.council.models import RecordsRequest
from oversight.council.selectors import records as selectors
from oversight.council.services import records as services
from oversight.council.tables import OpenRecordsRequests, RecordsYears
from oversight.council.views.acting import act_page, posted
from oversight.council.views.technologies import roles_for
from oversight.interface.components import Link
from oversight.interface.csv import csv_response
from oversight.interface.languages import home_link
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def statistics(request: HttpRequest) -> HttpResponseBase:
    """How many were received, granted and denied, and how long it took."""
    table = RecordsYears(selectors.records_years(), request.GET)
    if table.csv_wanted:
        return csv_response(table, "records-requests")
    roles = roles_for(request)
    context = {
        "table": table,
        "roles": roles,
        "open": OpenRecordsRequests(selectors.open_requests(), request.GET),
        "crumbs": _crumbs(),
    }
    return render(request, "council/records.html", context)


@_FORM
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a request."""
    form = RecordsRequestForm(posted(request))
    return act_page(
        request,
        template="council/records_enter.html",
        form=form,
        act=lambda: services.enter_records_request(person=viewer_of(request), **form.cleaned_data),
        done=_("The request is entered."),
        trail=_crumbs(),
        title=_("Enter a request"),
    )


@_FORM
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Enter how a request ended."""
    try:
        one = selectors.records_request(number)
    except RecordsRequest.DoesNotExist:
        raise Http404 from None
    form = RecordsAnswerForm(posted(request))
    return act_page(
        request,
        template="council/records_answer.html",
        form=form,
        act=lambda: services.enter_records_answer(
            request=one, person=viewer_of(request), **form.cleaned_data
        ),
        done=_("How it ended is entered."),
        trail=_crumbs(),
        title=one.number,
        one=one,
    )


def _crumbs(*links: Link) -> list[Link]:
    return [
        home_link(),
        Link(_("Requests for records"), reverse("council:records_requests")),
        *links,
    ]
