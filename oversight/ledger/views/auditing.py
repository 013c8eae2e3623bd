"""The auditor's pages: searching the record, and reading what was committed, which is recorded."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from oversight.interface.components import SummaryRow
from oversight.interface.csv import csv_response
from oversight.ledger import services
from oversight.ledger.forms import EntryFilters, ReadingForm
from oversight.ledger.models import Entry
from oversight.ledger.registry import RecordError, kind_of
from oversight.ledger.selectors import find_entries
from oversight.ledger.tables import EntryTable


@require_safe
def search(request: HttpRequest) -> HttpResponseBase:
    """The record's entries by kind, agency and day."""
    filters = EntryFilters(request.GET)
    table = EntryTable(find_entries(**filters.chosen), request.GET)
    if table.csv_wanted:
        return csv_response(table, "entries")
    return render(request, "ledger/search.html", {"table": table, "filters": filters})


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, index: int) -> HttpResponse:
    """One entry; its committed fields are shown to who says what for, and that is an entry."""
    try:
        entry = find_entries().get(index=index)
        kind = kind_of(entry.kind)
    except (Entry.DoesNotExist, RecordError):
        raise Http404 from None
    form = ReadingForm(request.POST or None, kind=kind)
    opened = None
    if form.is_valid():
        names = form.cleaned_data["fields_to_read"]
        opened = services.open_entry(
            index=index,
            names=names,
            reader=f"person:{request.user.pk}",
            purpose=form.cleaned_data["purpose"],
        )
    context = {
        "index": index,
        "kind": kind,
        "public": [SummaryRow(name, value) for name, value in entry.document["public"].items()],
        "opened": None if opened is None else [SummaryRow(one.name, one.value) for one in opened],
        "form": form,
    }
    return render(request, "ledger/read.html", context)
