"""The auditor's page for the file of one search; asking for it is recorded."""

import structlog
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from oversight.leads.bundle import search_called
from oversight.leads.bundle_form import SearchFileForm
from oversight.leads.services.bundling import Content, NothingToGiveError, give_search_file
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.verifier import Refuted
from oversight.people.carrying import posted_or_typed
from oversight.people.viewer import viewer_of
from oversight.requests.models import SearchRequest

log = structlog.get_logger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def search_file(request: HttpRequest) -> HttpResponse:
    """Ask which search and what for (GET); give its file (POST)."""
    form = SearchFileForm(posted_or_typed(request))
    if request.method == "POST" and form.is_valid():
        text = _give(request, form)
        if text is not None:
            name = f"{form.cleaned_data['content']}-{form.cleaned_data['reference']}.json"
            return HttpResponse(
                text,
                content_type="application/json",
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
    return render(
        request, "leads/search_file.html", {"form": form}, status=422 if form.errors else 200
    )


def _give(request: HttpRequest, form: Form) -> str | None:
    try:
        return give_search_file(
            request=search_called(form.cleaned_data["reference"]),
            content=Content(form.cleaned_data["content"]),
            reader=f"person:{viewer_of(request).pk}",
            purpose=form.cleaned_data["purpose"],
        )
    except SearchRequest.DoesNotExist:
        form.add_error("reference", _("No request has this key or number."))
    except NothingToGiveError:
        form.add_error("reference", _("The record tells nothing of it: not sent, or not run, yet."))
    except NotYetSignedError:
        form.add_error(None, _("Its newest entry is not signed yet. Try again in a minute."))
    except Refuted as finding:
        log.critical("leads.search_file_refuted", finding=str(finding))
        form.add_error(None, _("What is stored is not what was recorded: %s.") % finding)
    return None
