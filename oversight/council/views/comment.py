"""Public comment: read, write, take one's name back; ask and moderate."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.council.forms.comment import (
    CommentForm,
    ModerationForm,
    QuestionForm,
    ReceiptForm,
)
from oversight.council.models import Comment, Consultation, Moderation
from oversight.council.presenting import comment as presenting
from oversight.council.selectors import comment as selectors
from oversight.council.services import comment as services
from oversight.council.services.recording import NotAllowedError
from oversight.council.similarity import THRESHOLD
from oversight.council.tables import Comments
from oversight.council.views.acting import act_page, posted
from oversight.council.views.sending import too_much
from oversight.council.views.technologies import roles_for
from oversight.interface.components import Link
from oversight.interface.csv import csv_response
from oversight.interface.forms import Form
from oversight.interface.languages import home_link
from oversight.interface.paging import Pages
from oversight.people.viewer import viewer_of

_FORM = require_http_methods(["GET", "HEAD", "POST"])
_RECEIPT: Final = "council-comment-receipt"
_A_PAGE: Final = 50


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What everyone may comment on, and what they could."""
    rows = [(each, presenting.badge_of(each)) for each in selectors.consultations()]
    context = {"rows": rows, "roles": roles_for(request), "crumbs": _crumbs()}
    return render(request, "council/consultations.html", context)


@require_safe
def consultation(request: HttpRequest, number: int) -> HttpResponseBase:
    """One consultation: what is asked, what the comments come to, and all of them."""
    one = _consultation_or_404(number)
    if request.GET.get("format") == "csv":
        every = [presenting.shown_comment(each) for each in selectors.comments_of(one)]
        return csv_response(Comments(every, request.GET), f"comments-{number}")
    tally = selectors.tally_of(one)
    comments = selectors.comments_of(one)
    letter, stance = request.GET.get("letter", ""), request.GET.get("stance", "")
    if letter.isdecimal():
        comments = comments.filter(grouping__group=int(letter[:18]))
    if stance in Comment.Stance.values:
        comments = comments.filter(stance=stance)
    pages = Pages(comments, request.GET, _A_PAGE)
    address = reverse("council:consultation", args=[number])
    context = {
        "consultation": one,
        "badge": presenting.badge_of(one),
        "open": selectors.is_open(one),
        "subject": presenting.subject_link(one),
        "proposed": presenting.proposed_text(one),
        "sentences": presenting.sentences_of(tally),
        "figures": presenting.figures_of(tally),
        "letters": presenting.shown_letters(selectors.letters_of(one), address),
        "pages": pages,
        "comments": [presenting.shown_comment(each) for each in pages.page],
        "narrowed": bool(letter or stance),
        "stances": Comment.Stance.choices,
        "threshold": round(THRESHOLD * 100),
        "roles": roles_for(request),
        "crumbs": _crumbs(Link(one.title)),
    }
    return render(request, "council/consultation.html", context)


@_FORM
@never_cache
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write a comment."""
    one = _consultation_or_404(number)
    form = CommentForm(posted(request))
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if limit := too_much(request):
                form.add_error(None, limit)
                status = 429
            elif _kept(request, one, form):
                return redirect("council:comment_receipt", number=number)
    context = {
        "form": form,
        "consultation": one,
        "open": selectors.is_open(one),
        "back_url": reverse("council:consultation", args=[number]),
        "crumbs": _crumbs(_link(one), Link(_("Write"))),
    }
    return render(request, "council/comment_write.html", context, status=status)


@require_safe
@never_cache
def receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The receipt of what this browser sent last."""
    one = _consultation_or_404(number)
    context = {
        "consultation": one,
        "receipt": request.session.get(_RECEIPT),
        "crumbs": _crumbs(_link(one), Link(_("Receipt"))),
    }
    return render(request, "council/comment_receipt.html", context)


@_FORM
@never_cache
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's name back."""
    form, done, status = ReceiptForm(posted(request)), False, 200
    if form.is_bound:
        if form.is_valid():
            done = _withdrawn(request, form)
        status = 200 if done else 422
    context = {
        "form": form,
        "done": done,
        "back_url": reverse("council:consultations"),
        "crumbs": _crumbs(Link(_("Take your name back"))),
    }
    return render(request, "council/comment_withdraw.html", context, status=status)


@_FORM
@never_cache
def open_consultation(request: HttpRequest) -> HttpResponse:
    """Ask for comment."""
    form = QuestionForm(posted(request), initial={"subject": request.GET.get("subject", "")})
    return act_page(
        request,
        template="council/consultation_open.html",
        form=form,
        act=lambda: services.open_consultation(
            subject=form.chosen, asked=form.asked, person=viewer_of(request)
        ),
        done=_("Everyone can read the question now."),
        trail=_crumbs(),
        title=_("Ask"),
    )


@_FORM
@never_cache
def moderate(request: HttpRequest, number: int) -> HttpResponse:
    """Withhold a text or show it again."""
    try:
        comment = selectors.comment_numbered(number)
    except Comment.DoesNotExist:
        raise Http404 from None
    form = ModerationForm(posted(request))

    def act() -> Moderation:
        data = form.cleaned_data
        return services.moderate_comment(
            comment=comment,
            act=data["act"],
            reason=data["reason"],
            note=data["note"],
            person=viewer_of(request),
        )

    return act_page(
        request,
        template="council/comment_moderate.html",
        form=form,
        act=act,
        done=_("Done. The reason stands in the place of the text."),
        trail=_crumbs(_link(comment.consultation)),
        title=_("Moderate"),
        comment=comment,
    )


def _kept(request: HttpRequest, one: Consultation, form: CommentForm) -> bool:
    try:
        comment = services.submit_comment(consultation=one, said=form.said)
    except NotAllowedError as error:
        form.add_error(None, str(error))
        return False
    named = hasattr(comment, "author")
    request.session[_RECEIPT] = {"number": comment.number, "named": named}
    return True


def _withdrawn(request: HttpRequest, form: Form) -> bool:
    if limit := too_much(request):
        form.add_error(None, limit)
        return False
    if services.withdraw_consent(number=form.cleaned_data["number"]):
        return True
    form.add_error("number", _("No comment has this receipt number. Check each letter."))
    return False


def _consultation_or_404(number: int) -> Consultation:
    try:
        return selectors.consultation_numbered(number)
    except Consultation.DoesNotExist:
        raise Http404 from None


def _link(one: Consultation) -> Link:
    return Link(one.title, reverse("council:consultation", args=[one.pk]))


def _crumbs(*links: Link) -> list[Link]:
    return [home_link(), Link(_("Comment"), reverse("council:consultations")), *links]
