"""Closing an entry for good, by two people; and the legal holds that forbid it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oversight.interface.components import Link, SummaryRow
from oversight.ledger import selectors, services
from oversight.ledger.forms import ConfirmingForm, FindForm, HoldForm, SealingForm
from oversight.ledger.models import Entry, Hold, Sealing
from oversight.ledger.presenting import public_rows
from oversight.ledger.registry import EventKind, RecordError, kind_of
from oversight.ledger.tables import HoldTable, SealingTable

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class _Subject:
    """The entry that a page is about."""

    index: int
    kind: EventKind
    public: list[SummaryRow]
    sealing: Sealing | None
    holds: list[Hold]

    @property
    def is_of_the_record(self) -> bool:
        return self.kind.room == "ledger"

    @property
    def is_sealed(self) -> bool:
        return self.sealing is not None and self.sealing.sealed_by is not None

    @property
    def is_proposed(self) -> bool:
        return self.sealing is not None and not self.is_sealed

    @property
    def can_be_sealed(self) -> bool:
        return not self.is_sealed and not self.is_of_the_record


@dataclass(frozen=True)
class _Held:
    """A hold as one of the people who may lift it sees it."""

    hold: Hold
    viewer: str

    @property
    def proposer(self) -> str:
        return selectors.name_of(self.hold.lift_proposed_by) if self.hold.lift_proposed_by else ""

    @property
    def is_mine(self) -> bool:
        return self.hold.lift_proposed_by == self.viewer


@require_safe
@never_cache
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, what was sealed, which holds are in force; and finding one."""
    form = FindForm(request.GET if "entry" in request.GET else None)
    if form.is_valid():
        to = "ledger:hold" if request.GET.get("to") == "hold" else "ledger:seal"
        index = form.cleaned_data["entry"]
        if Entry.objects.filter(index=index).exists():
            return redirect(to, index=index)
        form.add_error("entry", _("There is no entry %(index)d in the record.") % {"index": index})
    context = {
        "form": form,
        "sealings": SealingTable(Sealing.objects.all(), request.GET),
        "holds": HoldTable(selectors.open_holds(), request.GET),
    }
    return render(request, "ledger/sealings.html", context, status=422 if form.errors else 200)


@_FORM
@never_cache
def seal(request: HttpRequest, index: int) -> HttpResponse:
    """Propose to seal an entry, or confirm what someone else proposed."""
    subject, me = _subject(index), _stable_id(request)
    proposed = subject.sealing
    confirms = proposed is not None and proposed.proposed_by != me
    goes_on = subject.can_be_sealed and not (confirms and subject.holds)
    posted = request.POST if request.method == "POST" and goes_on else None
    form = ConfirmingForm(posted) if confirms else SealingForm(posted, initial=_typed(proposed))
    if form.is_valid() and proposed and confirms and request.POST.get("basis") != proposed.basis:
        form.add_error(None, _("The legal basis was changed since you read it. Read it again."))
    elif form.is_valid():
        act = services.confirm_sealing if confirms else services.propose_sealing
        given = {} if confirms else {"basis": form.cleaned_data["basis"]}
        refusal = _refusal(act, entry=index, person=me, **given)
        if not refusal:
            return redirect("ledger:sealings")
        form.add_error(None, refusal)
    context = {
        "form": form,
        "confirms": confirms,
        "goes_on": goes_on,
        "is_mine": proposed and not confirms,
    }
    return _page(request, "ledger/seal.html", subject, context)


@_FORM
@never_cache
def hold(request: HttpRequest, index: int) -> HttpResponse:
    """Forbid the sealing of an entry for a stated reason; and the holds that do."""
    subject, me = _subject(index), _stable_id(request)
    form = HoldForm(request.POST if request.method == "POST" and not subject.is_sealed else None)
    if form.is_valid():
        reference = form.cleaned_data["reference"]
        refusal = _refusal(services.place_hold, entry=index, reference=reference, person=me)
        if not refusal:
            return redirect("ledger:hold", index=index)
        form.add_error(None, refusal)
    holds = [_Held(one, me) for one in subject.holds]
    return _page(request, "ledger/hold.html", subject, {"form": form, "holds": holds})


@require_POST
def withdraw(request: HttpRequest, index: int) -> HttpResponse:
    """End a proposal to seal: its author takes it back, or a second person refuses it."""
    me = _stable_id(request)
    if refusal := _refusal(services.withdraw_sealing, entry=index, person=me):
        messages.error(request, refusal)
        return redirect("ledger:seal", index=index)
    messages.success(request, _("The proposal is withdrawn. The entry stays as it is."))
    return redirect("ledger:sealings")


@require_POST
def lift(request: HttpRequest, index: int) -> HttpResponse:
    """Propose to lift a hold, keep it after all, or lift it as the second of two people."""
    given = {"entry": index, "reference": request.POST.get("reference", "")}
    me = _stable_id(request)
    match request.POST.get("act"):
        case "lift":
            refusal = _refusal(services.lift_hold, **given, person=me)
        case "keep":
            refusal = _refusal(services.propose_lifting, **given, person=None)
        case _:
            refusal = _refusal(services.propose_lifting, **given, person=me)
    if refusal:
        messages.error(request, refusal)
    return redirect("ledger:hold", index=index)


def _subject(index: int) -> _Subject:
    try:
        entry = selectors.find_entries().get(index=index)
        kind = kind_of(entry.kind)
    except (Entry.DoesNotExist, RecordError):
        raise Http404 from None
    public = public_rows(entry.document["public"])
    holds = [*selectors.open_holds(index)]
    return _Subject(index, kind, public, selectors.sealing_of(index), holds)


def _stable_id(request: HttpRequest) -> str:
    return f"person:{request.user.pk}"


def _typed(proposed: Sealing | None) -> dict[str, str]:
    return {"basis": proposed.basis} if proposed else {}


def _refusal(act: Callable[..., object], **given: object) -> str:
    """Why the record refused an act, in its own words, which name nobody; nothing where it did not."""
    try:
        act(**given)
    except IntegrityError as refusal:
        reason = str(refusal).partition("\n")[0]
        return _("The record refused: %(reason)s.") % {"reason": reason}
    return ""


def _page(
    request: HttpRequest, template: str, subject: _Subject, context: dict[str, Any]
) -> HttpResponse:
    proposer = subject.sealing and selectors.name_of(subject.sealing.proposed_by)
    crumbs = [
        Link(_("Sealing and legal holds"), reverse("ledger:sealings")),
        Link(str(subject.index)),
    ]
    context |= {"subject": subject, "proposer": proposer, "crumbs": crumbs}
    return render(request, template, context, status=422 if context["form"].errors else 200)
