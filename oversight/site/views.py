"""Pages that belong to no room: health, and the way from sign-in to each person's own desk."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from oversight.people.models import Role
from oversight.people.selectors import roles_of
from oversight.policy.gate import fault_of_the_law

_DESKS = (
    (Role.OFFICER, "requests:mine"),
    (Role.SUPERVISOR, "requests:queue"),
    (Role.EXAMINER, "leads:queue"),
    (Role.BOARD, "board:dashboard"),
    (Role.ADMINISTRATOR, "policy:proposals"),
)


@login_not_required
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process lives."""
    return JsonResponse({"status": "live"})


@login_not_required
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and the law can be trusted, else 503 and what is amiss."""
    try:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        fault = fault_of_the_law()
    except DatabaseError:
        return JsonResponse({"status": "not ready", "database": "no answer"}, status=503)
    if fault:
        return JsonResponse({"status": "not ready", "rules": fault}, status=503)
    return JsonResponse({"status": "ready"})


def desk(request: HttpRequest) -> HttpResponse:
    """Send each person to the page where their work is."""
    if request.user.is_authenticated:
        held = roles_of(request.user, on=timezone.localdate())
        for role, name in _DESKS:
            if role in held:
                return redirect(name)
    return redirect("/")
