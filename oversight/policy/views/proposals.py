"""The life of an instrument: proposed by an administrator, adopted by the board's vote."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from oversight.interface.components import Link
from oversight.policy import gate, selectors, services
from oversight.policy.forms.proposing import AdoptForm, ProposeForm, SunsetForm, UploadForm
from oversight.policy.models import Proposal
from oversight.policy.presenting import proposals as presenting
from oversight.policy.presenting.effects import effects_of
from oversight.policy.tables import Proposals
from oversight.policy.views.signed_in import person_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """Everything that was proposed, and what became of it."""
    context = {
        "table": Proposals(selectors.proposals(), request.GET),
        "instruments": presenting.copies(gate.catalogue()),
    }
    return render(request, "policy/proposals.html", context)


@_FORM
@never_cache
def propose(request: HttpRequest) -> HttpResponse:
    """Write a pack or edit a copy; what is not valid comes back with the place and the remedy."""
    found = gate.catalogue()
    if request.method != "POST":
        text = _copy_or_404(request.GET.get("from", ""))
        return _propose_page(request, ProposeForm(initial={"text": text}, catalogue=found))
    form = ProposeForm(request.POST, catalogue=found)
    if not form.is_valid():
        return _propose_page(request, form, status=422)
    try:
        proposal = services.propose_instrument(
            text=form.cleaned_data["text"],
            proposer=person_of(request),
            replaces=form.cleaned_data["replaces"],
            note=form.cleaned_data["note"],
        )
    except gate.PackError as error:
        form.add_error("text", presenting.slip_text(error, form.cleaned_data["text"]))
    except services.NotAllowedError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Proposed. The board can adopt it by a recorded vote."))
        return redirect("policy:proposal", number=proposal.pk)
    return _propose_page(request, form, status=422)


@_FORM
@never_cache
def upload(request: HttpRequest) -> HttpResponse:
    """Read a pack from a file into the editor, where its slips are shown."""
    if request.method != "POST":
        return _form(request, "upload", UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, "upload", form, status=422)
    text = form.cleaned_data["document"]
    editor = ProposeForm({"text": text}, catalogue=gate.catalogue())
    editor.is_valid()
    try:
        services.check_pack(text=text)
    except gate.PackError as error:
        editor.add_error("text", presenting.slip_text(error, text))
    return _propose_page(request, editor)


@_FORM
@never_cache
def sunset(request: HttpRequest) -> HttpResponse:
    """Propose the end of an instrument."""
    found = gate.catalogue()
    form = SunsetForm(request.POST if request.method == "POST" else None, catalogue=found)
    if request.method == "POST" and form.is_valid():
        try:
            proposal = services.propose_sunset(proposer=person_of(request), **form.cleaned_data)
        except gate.PackError as error:
            form.add_error("ends_on", presenting.slip_text(error))
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            return redirect("policy:proposal", number=proposal.pk)
    return _form(request, "sunset", form, status=422 if form.errors else 200)


@require_GET
@never_cache
def proposal(request: HttpRequest, number: int) -> HttpResponse:
    """One proposal: its text, what differs from the law as it stands, and the vote if there was one."""
    one = _proposal_or_404(number)
    context = {
        "proposal": one,
        "about": presenting.proposal_rows(one),
        "lines": presenting.text_changes(one),
        "open": presenting.is_open(one, timezone.localdate()),
        "crumbs": [Link(_("Instruments"), reverse("policy:proposals")), Link(str(one))],
    }
    return render(request, "policy/proposal.html", context)


@require_GET
@never_cache
def effect(request: HttpRequest, number: int) -> HttpResponse:
    """What the proposal would change, over its cases and the enumerated space of facts."""
    one = _proposal_or_404(number)
    context: dict[str, Any] = {"proposal": one, "crumbs": _crumbs(one, _("What it would change"))}
    try:
        context |= effects_of(one)
    except gate.PackError as error:
        context["slip"] = presenting.slip_text(error, one.text)
    context["url"] = reverse("policy:effect", args=[number])
    name = "_effect" if request.headers.get("HX-Request") else "effect"
    return render(request, f"policy/{name}.html", context)


@_FORM
@never_cache
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """Record the vote that makes it law."""
    one = _proposal_or_404(number)
    posted = request.method == "POST"
    form = AdoptForm(request.POST, request.FILES) if posted else AdoptForm()
    if posted and form.is_valid():
        try:
            services.adopt_proposal(proposal=one, adopter=person_of(request), vote=form.vote)
        except services.NotAllowedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Adopted. Every decision follows it from its first day."))
            return redirect("policy:proposal", number=number)
    context = {
        "form": form,
        "proposal": one,
        "about": presenting.proposal_rows(one),
        "back_url": reverse("policy:proposal", args=[number]),
        "crumbs": _crumbs(one, _("Adopt")),
    }
    return render(request, "policy/adopt.html", context, status=422 if form.errors else 200)


def _proposal_or_404(number: int) -> Proposal:
    try:
        return selectors.proposal_numbered(number)
    except Proposal.DoesNotExist:
        raise Http404 from None


def _copy_or_404(slug: str) -> str:
    if not slug:
        return ""
    try:
        return presenting.text_of(slug)
    except KeyError:
        raise Http404 from None


def _propose_page(request: HttpRequest, form: ProposeForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "form_action": reverse("policy:propose"),
        "crumbs": [Link(_("Instruments"), reverse("policy:proposals")), Link(_("Propose"))],
        "back_url": reverse("policy:proposals"),
    }
    return render(request, "policy/propose.html", context, status=status)


def _form(request: HttpRequest, name: str, form: Any, status: int = 200) -> HttpResponse:
    context = {"form": form, "back_url": reverse("policy:proposals")}
    return render(request, f"policy/{name}.html", context, status=status)


def _crumbs(one: Proposal, here: str) -> list[Link]:
    return [
        Link(_("Instruments"), reverse("policy:proposals")),
        Link(str(one), reverse("policy:proposal", args=[one.pk])),
        Link(here),
    ]
