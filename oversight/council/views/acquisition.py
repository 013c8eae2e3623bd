"""The acts of department and board on a technology."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from oversight.council.forms.technologies import (
    CostForm,
    DocumentForm,
    HearingForm,
    PlanForm,
    StandingForm,
    TechnologyForm,
    VoteForm,
)
from oversight.council.models import Acquisition, Document, StandingChange, Technology, Vote
from oversight.council.presenting import technologies as presenting
from oversight.council.selectors import technologies as selectors
from oversight.council.services import documents, technologies, voting
from oversight.council.views.acting import act_page, posted
from oversight.council.views.technologies import standing_or_404
from oversight.interface.components import Link
from oversight.interface.forms import Form
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
def add(request: HttpRequest) -> HttpResponse:
    """Put a technology on the inventory."""
    form = TechnologyForm(posted(request), initial={"slug": ""})

    def act() -> Technology:
        agency = form.cleaned_data["agency"]
        return technologies.add_technology(
            description=form.description, agency=agency, person=viewer_of(request)
        )

    return act_page(
        request,
        template="council/technology_add.html",
        form=form,
        act=act,
        done=_("It is on the inventory. It may not be used before it is approved."),
        leads_to=reverse("council:technologies"),
        crumbs=presenting.crumbs(Link(_("Add"))),
    )


@_FORM
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to get, change or keep it."""
    one = standing_or_404(slug).technology
    form = PlanForm(posted(request))
    return _page(
        request,
        one,
        form,
        _("Propose"),
        "council/technology_propose.html",
        lambda: technologies.propose_acquisition(
            technology=one, plan=form.plan, person=viewer_of(request)
        ),
        _("Proposed. Add the impact report and the use policy next."),
    )


@_FORM
def add_document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Publish a document of a proposal."""
    acquisition = _acquisition_or_404(slug, number)
    form = DocumentForm(posted(request), request.FILES or None)

    def act() -> Document:
        file = form.cleaned_data["file"]
        return documents.add_document(
            acquisition=acquisition,
            kind=form.cleaned_data["kind"],
            name=file.name,
            data=file.read(),
            person=viewer_of(request),
        )

    title, done = _("Add a document"), _("The document is published.")
    template = "council/technology_document.html"
    return _page(request, acquisition.technology, form, title, template, act, done)


@_FORM
def enter_hearing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Enter a hearing."""
    acquisition = _acquisition_or_404(slug, number)
    form = HearingForm(posted(request))
    return _page(
        request,
        acquisition.technology,
        form,
        _("Enter a hearing"),
        "council/technology_hearing.html",
        lambda: voting.enter_hearing(
            acquisition=acquisition, heard=form.heard, person=viewer_of(request)
        ),
        _("The hearing is entered."),
    )


@_FORM
def enter_vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Enter a vote by name."""
    acquisition = _acquisition_or_404(slug, number)
    form = VoteForm(posted(request), acquisition=acquisition)
    at = timezone.localtime()
    return _page(
        request,
        acquisition.technology,
        form,
        _("Enter the vote"),
        "council/technology_vote.html",
        lambda: voting.enter_vote(
            acquisition=acquisition,
            ballot=form.ballot,
            signed_document=form.cleaned_data["signed_document"],
            person=viewer_of(request),
        ),
        _("The vote is entered. It counts once a second person has confirmed it."),
        missing=voting.missing_before_vote(acquisition, at.date(), at),
    )


@_FORM
def confirm(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Confirm a vote against the signed document."""
    try:
        vote = selectors.vote_of(slug, number)
    except Vote.DoesNotExist:
        raise Http404 from None
    return _page(
        request,
        vote.acquisition.technology,
        Form(posted(request)),
        _("Confirm the vote"),
        "council/technology_confirm.html",
        lambda: voting.confirm_vote(vote=vote, person=viewer_of(request)),
        _("Confirmed. The gate has judged it and follows it from now on."),
        vote=vote,
        about=presenting.vote_rows(vote),
        verdict=presenting.verdict_ahead(vote),
    )


@_FORM
def change_standing(request: HttpRequest, slug: str) -> HttpResponse:
    """Suspend, reinstate or retire it."""
    one = standing_or_404(slug).technology
    form = StandingForm(posted(request))
    return _page(
        request,
        one,
        form,
        _("Suspend or retire"),
        "council/technology_standing.html",
        lambda: technologies.change_standing(
            technology=one,
            act=StandingChange.Act(form.cleaned_data["act"]),
            reason=form.cleaned_data["reason"],
            person=viewer_of(request),
        ),
        _("Done. The gate follows it from now on."),
    )


@_FORM
def enter_cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a year cost."""
    one = standing_or_404(slug).technology
    form = CostForm(posted(request))
    return _page(
        request,
        one,
        form,
        _("Enter what a year cost"),
        "council/technology_cost.html",
        lambda: technologies.enter_cost(
            technology=one, spent=form.spent, person=viewer_of(request)
        ),
        _("The cost is entered."),
    )


def _page(
    request: HttpRequest,
    technology: Technology,
    form: Form,
    title: str,
    template: str,
    act: Any,
    done: str,
    **context: Any,
) -> HttpResponse:
    """One act on a technology, which leads back to its page."""
    home = presenting.technology_link(technology)
    return act_page(
        request,
        template=template,
        form=form,
        act=act,
        done=done,
        leads_to=home.url,
        technology=technology,
        crumbs=presenting.crumbs(home, Link(title)),
        **context,
    )


def _acquisition_or_404(slug: str, number: int) -> Acquisition:
    try:
        return selectors.acquisition_of(slug, number)
    except Acquisition.DoesNotExist:
        raise Http404 from None
