"""The auditor's pages: searching the record, and reading what was committed, which is recorded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from oversight.interface.components import SummaryRow
from oversight.interface.csv import csv_response
from oversight.ledger import services
from oversight.ledger.bundles import open_with_proof
from oversight.ledger.forms import EntryFilters, ReadingForm
from oversight.ledger.models import Entry
from oversight.ledger.presenting import name_of_field, public_rows
from oversight.ledger.proofs import NotYetSignedError
from oversight.ledger.registry import RecordError, kind_of
from oversight.ledger.selectors import find_entries
from oversight.ledger.tables import EntryTable


@require_safe
@never_cache
def search(request: HttpRequest) -> HttpResponseBase:
    """The record's entries by kind, agency and day."""
    filters = EntryFilters(request.GET)
    table = EntryTable(find_entries(**filters.chosen), request.GET)
    if table.csv_wanted:
        return csv_response(table, "entries")
    return render(request, "ledger/search.html", {"table": table, "filters": filters})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def read(request: HttpRequest, index: int) -> HttpResponse:
    """One entry; its committed fields are given to who says what for, and that is an entry."""
    try:
        entry = find_entries().get(index=index)
        kind = kind_of(entry.kind)
    except (Entry.DoesNotExist, RecordError):
        raise Http404 from None
    form = ReadingForm(request.POST or None, kind=kind)
    opened = None
    if form.is_valid():
        given = {
            "index": index,
            "names": form.cleaned_data["fields_to_read"],
            "reader": f"person:{request.user.pk}",
            "purpose": form.cleaned_data["purpose"],
        }
        if "as_file" in request.POST:
            try:
                return _file(index, open_with_proof(**given))
            except NotYetSignedError:
                form.add_error(None, _("No checkpoint covers this entry yet. Try again shortly."))
        else:
            opened = services.open_entry(**given)
    shown = [SummaryRow(name_of_field(one.name), one.value) for one in opened or ()]
    context = {
        "index": index,
        "kind": kind,
        "public": public_rows(entry.document["public"]),
        "opened": shown,
        "is_opened": opened is not None,
        "form": form,
    }
    return render(request, "ledger/read.html", context)


def _file(index: int, bundle: str) -> HttpResponse:
    response = HttpResponse(bundle, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="entry-{index}-opened.json"'
    return response
