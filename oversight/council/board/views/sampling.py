"""Samples: announcing, looking at members, findings and their end, and the register of violations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.board import selectors, services
from oversight.council.board.duties import duty_named
from oversight.council.board.forms import FindingForm, ResolutionForm, SampleForm
from oversight.council.board.models import Finding, Sample
from oversight.council.board.presenting import sampling as presenting
from oversight.council.board.sampled import request_at
from oversight.council.board.tables import (
    Findings,
    FindingsAbout,
    Members,
    Notices,
    Samples,
    Violations,
)
from oversight.council.board.views.signed_in import demand, holds
from oversight.interface.components import Link
from oversight.interface.csv import csv_response
from oversight.interface.forms import Form
from oversight.people.models import Role
from oversight.people.viewer import viewer_of
from oversight.requests.models import SearchRequest

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def samples(request: HttpRequest) -> HttpResponseBase:
    """Every sample, and the findings that wait."""
    context = {
        "table": Samples(selectors.samples(), request.GET),
        "may_act": holds(request, Role.BOARD),
    }
    return render(request, "council/board/samples.html", context)


@_FORM
@never_cache
def announce(request: HttpRequest) -> HttpResponse:
    """Announce a sample; it is drawn as soon as the record has gone on."""
    form = SampleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sample = services.announce_sample(
                person=viewer_of(request),
                kind=Sample.Kind(data["kind"]),
                since=data["since"],
                until=data["left_out"],
                size=data["size"],
            )
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Announced. It is drawn within about a minute."))
            return redirect("board:sample", number=sample.number)
    crumbs = [_samples_link(), Link(_("Announce"))]
    context = {"form": form, "crumbs": crumbs, "back_url": reverse("board:samples")}
    return _form_page(request, "announce", context, form)


@require_safe
@never_cache
def sample(request: HttpRequest, number: int) -> HttpResponseBase:
    """One sample: how it was drawn, its members, its findings."""
    one = _sample_or_404(number)
    found = list(selectors.findings_in(one))
    context = {
        "sample": one,
        "about": presenting.sample_rows(one),
        "members": Members(presenting.member_rows(one, found), request.GET),
        "findings": Findings([f for f in found if f.kind != Finding.Kind.COMPLIANT], request.GET),
        "crumbs": [_samples_link(), Link(str(one))],
    }
    return render(request, "council/board/sample.html", context)


@_FORM
@never_cache
def member(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """A request that was drawn: its papers without pictures, and the form for a finding."""
    one, search = _member_or_404(number, place)
    form = FindingForm(request.POST) if request.method == "POST" else FindingForm()
    if request.method == "POST":
        demand(request, Role.BOARD)
        if form.is_valid() and _record(request, one, place, form):
            return redirect("board:sample", number=number)
    # Whenever the papers are shown, after a form that was wrong too.
    services.open_case(reader=viewer_of(request), sample=one, place=place)
    context = {
        "sample": one,
        "place": place,
        "search": search,
        **presenting.case_page(search),
        "findings": FindingsAbout(
            list(selectors.findings_in(one).filter(place=place)), request.GET
        ),
        "form": form,
        "may_act": holds(request, Role.BOARD),
        "crumbs": [
            _samples_link(),
            Link(str(one), reverse("board:sample", args=[number])),
            Link(_("Place %(place)s") % {"place": place}),
        ],
    }
    return _form_page(request, "member", context, form)


@_FORM
@never_cache
def finding(request: HttpRequest, number: int) -> HttpResponse:
    """One finding: what was found, answered and told; the board closes it here."""
    try:
        one = selectors.finding_numbered(number)
    except Finding.DoesNotExist:
        raise Http404 from None
    form = ResolutionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(request, Role.BOARD)
        if form.is_valid():
            try:
                services.resolve_finding(
                    person=viewer_of(request), finding=one, **form.cleaned_data
                )
            except services.NotAllowedError as error:
                form.add_error(None, str(error))
            else:
                return redirect("board:finding", number=number)
    context = {
        "finding": one,
        "about": presenting.finding_rows(one),
        "entries": presenting.finding_timeline(one),
        "duties": [(each, duty_named(each.duty)) for each in one.notices.all()],
        "form": form,
        "may_act": holds(request, Role.BOARD) and presenting.may_close(one, timezone.localdate()),
        "crumbs": [
            _samples_link(),
            Link(str(one.sample), reverse("board:sample", args=[one.sample_id])),
            Link(str(one)),
        ],
    }
    return _form_page(request, "finding", context, form)


@require_safe
@never_cache
def violations(request: HttpRequest) -> HttpResponseBase:
    """The register of violations, with who was told and when."""
    table = Violations(selectors.violations(), request.GET)
    if table.csv_wanted:
        return csv_response(table, "violations")
    context = {
        "table": table,
        "unnamed": presenting.offices_without_recipient(),
    }
    return render(request, "council/board/violations.html", context)


@require_safe
@never_cache
def notices(request: HttpRequest) -> HttpResponseBase:
    """Every notice that was owed: to which office, about what, by when, and whether it was sent."""
    table = Notices(selectors.notices(), request.GET)
    if table.csv_wanted:
        return csv_response(table, "notices")
    context = {
        "table": table,
        "late": selectors.late_notices(),
        "unnamed": presenting.offices_without_recipient(),
    }
    return render(request, "council/board/notices.html", context)


def _record(request: HttpRequest, one: Sample, place: int, form: FindingForm) -> bool:
    data = form.cleaned_data
    try:
        services.record_finding(
            person=viewer_of(request),
            sample=one,
            place=place,
            kind=Finding.Kind(data["kind"]),
            safeguard=data["safeguard"],
            text=data["text"],
            answer_due=data["answer_due"],
        )
    except services.NotAllowedError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("Recorded."))
    return True


def _sample_or_404(number: int) -> Sample:
    try:
        return selectors.sample_numbered(number)
    except Sample.DoesNotExist:
        raise Http404 from None


def _member_or_404(number: int, place: int) -> tuple[Sample, SearchRequest]:
    one = _sample_or_404(number)
    try:
        return one, request_at(one, place)
    except SearchRequest.DoesNotExist:
        raise Http404 from None


def _samples_link() -> Link:
    return Link(_("Samples"), reverse("board:samples"))


def _form_page(
    request: HttpRequest, name: str, context: dict[str, Any], form: Form
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"council/board/{name}.html", context, status=status)
