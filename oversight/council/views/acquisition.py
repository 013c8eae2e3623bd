"""The acts of department and board on a technology."""

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
from oversight.council.terms import terms_of
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
        trail=[Link(_("Technologies"), reverse("council:technologies"))],
        title=_("Add"),
    )


@_FORM
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to get, change or keep it."""
    one = standing_or_404(slug).technology
    form = PlanForm(posted(request))
    return act_page(
        request,
        template="council/technology_propose.html",
        form=form,
        act=lambda: technologies.propose_acquisition(
            technology=one, plan=form.plan, person=viewer_of(request)
        ),
        done=_("Proposed. Add the impact report and the use policy next."),
        trail=_trail(one),
        title=_("Propose"),
        technology=one,
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

    return act_page(
        request,
        template="council/technology_document.html",
        form=form,
        act=act,
        done=_("The document is published."),
        trail=_trail(acquisition.technology),
        title=_("Add a document"),
        technology=acquisition.technology,
    )


@_FORM
def enter_hearing(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Enter a hearing."""
    acquisition = _acquisition_or_404(slug, number)
    form = HearingForm(posted(request))
    return act_page(
        request,
        template="council/technology_hearing.html",
        form=form,
        act=lambda: voting.enter_hearing(
            acquisition=acquisition, heard=form.heard, person=viewer_of(request)
        ),
        done=_("The hearing is entered."),
        trail=_trail(acquisition.technology),
        title=_("Enter a hearing"),
        technology=acquisition.technology,
        asked_for=[term.words for term in terms_of(acquisition.technology, "hearing")],
    )


@_FORM
def enter_vote(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Enter a vote by name."""
    acquisition = _acquisition_or_404(slug, number)
    form = VoteForm(posted(request), acquisition=acquisition)
    at = timezone.localtime()
    return act_page(
        request,
        template="council/technology_vote.html",
        form=form,
        act=lambda: voting.enter_vote(
            acquisition=acquisition,
            ballot=form.ballot,
            signed_document=form.cleaned_data["signed_document"],
            person=viewer_of(request),
        ),
        done=_("The vote is entered. It counts once a second person has confirmed it."),
        trail=_trail(acquisition.technology),
        title=_("Enter the vote"),
        technology=acquisition.technology,
        missing=voting.missing_before_vote(acquisition, at.date(), at),
    )


@_FORM
def confirm(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Confirm a vote against the signed document."""
    try:
        vote = selectors.vote_of(slug, number)
    except Vote.DoesNotExist:
        raise Http404 from None
    return act_page(
        request,
        template="council/technology_confirm.html",
        form=Form(posted(request)),
        act=lambda: voting.confirm_vote(vote=vote, person=viewer_of(request)),
        done=_("Confirmed. The gate has judged it and follows it from now on."),
        trail=_trail(vote.acquisition.technology),
        title=_("Confirm the vote"),
        technology=vote.acquisition.technology,
        vote=vote,
        about=presenting.vote_rows(vote),
        verdict=presenting.verdict_ahead(vote),
    )


@_FORM
def change_standing(request: HttpRequest, slug: str) -> HttpResponse:
    """Suspend, reinstate or retire it."""
    one = standing_or_404(slug).technology
    form = StandingForm(posted(request))
    return act_page(
        request,
        template="council/technology_standing.html",
        form=form,
        act=lambda: technologies.change_standing(
            technology=one,
            act=StandingChange.Act(form.cleaned_data["act"]),
            reason=form.cleaned_data["reason"],
            person=viewer_of(request),
        ),
        done=_("Done. The gate follows it from now on."),
        trail=_trail(one),
        title=_("Suspend or retire"),
        technology=one,
    )


@_FORM
def enter_cost(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a year cost."""
    one = standing_or_404(slug).technology
    form = CostForm(posted(request))
    return act_page(
        request,
        template="council/technology_cost.html",
        form=form,
        act=lambda: technologies.enter_cost(
            technology=one, spent=form.spent, person=viewer_of(request)
        ),
        done=_("The cost is entered."),
        trail=_trail(one),
        title=_("Enter what a year cost"),
        technology=one,
    )


def _trail(technology: Technology) -> list[Link]:
    return presenting.crumbs(presenting.technology_link(technology))


def _acquisition_or_404(slug: str, number: int) -> Acquisition:
    try:
        return selectors.acquisition_of(slug, number)
    except Acquisition.DoesNotExist:
        raise Http404 from None
