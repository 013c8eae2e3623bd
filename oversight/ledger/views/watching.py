"""The board's page: whether anything is wrong with the record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from oversight.ledger.alarms import alarms
from oversight.ledger.status import current_standing, last_audit


@require_safe
@never_cache
def watch(request: HttpRequest) -> HttpResponse:
    """Every alarm of this moment, and when the record was last signed, witnessed and checked."""
    standing = current_standing()
    context = {
        "standing": standing,
        "alarms": alarms(standing),
        "audit": last_audit(standing),
    }
    return render(request, "ledger/watch.html", context)
