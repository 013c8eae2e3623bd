"""Receipts: each person's proof that their own act is in the record, to keep and to check."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from oversight.people.viewer import viewer_of
from oversight.requests import services
from oversight.requests.models import SignOff
from oversight.requests.views.officer import own_request


@require_GET
@never_cache
def own_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The proof that the viewer sent a request, in its latest form."""
    latest = own_request(request, key).submissions.order_by("sequence").last()
    if latest is None:
        raise Http404
    viewer = viewer_of(request)
    return _file(
        request,
        lambda: services.give_submission_receipt(submission=latest, reader=viewer),
        f"request-{latest.request_id}",
    )


@require_GET
@never_cache
def sign_off_receipt(request: HttpRequest, number: int) -> HttpResponse:
    """The proof of a verdict that the viewer gave; nobody else's."""
    viewer = viewer_of(request)
    try:
        sign_off = SignOff.objects.select_related("submission__request__agency").get(
            submission=number, supervisor=viewer
        )
    except SignOff.DoesNotExist:
        raise Http404 from None
    return _file(
        request,
        lambda: services.give_sign_off_receipt(sign_off=sign_off, reader=viewer),
        f"sign-off-{sign_off.submission.request_id}",
    )


def _file(request: HttpRequest, give: Callable[[], str], name: str) -> HttpResponse:
    try:
        text = give()
    except services.NoReceiptError:
        return render(request, "requests/no_receipt.html", status=409)
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="receipt-{name}.json"'
    return response
