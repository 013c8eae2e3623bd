"""What the board does: halt every use, lift the halt, and have history decided again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from oversight.interface.components import Link
from oversight.interface.languages import home_link
from oversight.policy import selectors, services
from oversight.policy.forms.board import ReasonForm, ReplayForm
from oversight.policy.models import ReplayRun
from oversight.policy.presenting import board as presenting
from oversight.policy.tables import Replays
from oversight.policy.views.signed_in import person_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def suspensions(request: HttpRequest) -> HttpResponse:
    """The record of suspensions, for everyone."""
    context = {
        "halt": selectors.suspension_in_force(),
        "entries": presenting.suspension_timeline(selectors.suspensions()),
        "crumbs": [
            home_link(),
            Link(_("Rules"), reverse("policy:rules")),
            Link(_("Suspensions")),
        ],
    }
    return render(request, "policy/suspensions.html", context)


@_FORM
@never_cache
def suspend(request: HttpRequest) -> HttpResponse:
    """Halt every use at once, or lift the halt: whichever is possible now."""
    halt = selectors.suspension_in_force()
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        # What was asked for is done or refused; a page that is out of date does not do the opposite.
        lifts = request.POST.get("act") == "lift"
        act = services.lift_suspension if lifts else services.suspend_use
        try:
            act(person=person_of(request), reason=form.cleaned_data["reason"])
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("policy:suspensions")
    context = {
        "form": form,
        "halt": halt,
        "back_url": reverse("policy:suspensions"),
    }
    return render(request, "policy/suspend.html", context, status=422 if form.errors else 200)


@_FORM
@never_cache
def replays(request: HttpRequest) -> HttpResponse:
    """Ask for a replay, and see those that were asked for."""
    posted = request.POST if request.method == "POST" else None
    form = ReplayForm(posted, proposals=selectors.proposals())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            run = services.ask_replay(
                person=person_of(request),
                since=data["since"],
                until=data["left_out"],
                proposal=data["proposal"],
                as_known=data["law"] == "known",
            )
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("policy:replay", number=run.pk)
    context = {"form": form, "table": Replays(selectors.replays(), request.GET)}
    return render(request, "policy/replays.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
def replay(request: HttpRequest, number: int) -> HttpResponse:
    """One replay: how far it has come, or what it found."""
    try:
        run = selectors.replay_numbered(number)
    except ReplayRun.DoesNotExist:
        raise Http404 from None
    context = {
        "run": run,
        "about": presenting.replay_rows(run),
        "found": presenting.found_by(run),
        "url": reverse("policy:replay", args=[number]),
        "crumbs": [Link(_("Replays"), reverse("policy:replays")), Link(str(run))],
    }
    name = "_replay" if request.headers.get("HX-Request") else "replay"
    return render(request, f"policy/{name}.html", context)
