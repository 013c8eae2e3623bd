"""Addresses for the tests of the interface: the style guide and each error page."""

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from oversight.interface import views
from oversight.interface.style_guide import SampleForm


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("the name of a case")


def suspicious(_request: HttpRequest) -> HttpResponse:
    raise SuspiciousOperation("a forged value")


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a secret in a traceback")


def one_form(request: HttpRequest) -> HttpResponse:
    sent = request.method == "POST"
    form = SampleForm(request.POST, request.FILES) if sent else SampleForm()
    context = {"form": form, "step_labels": ["Case", "Check"], "step_number": 1, "back_url": "/"}
    return render(request, "tests/one_form.html", context)


def running(request: HttpRequest) -> HttpResponse:
    """Under way at first; done when htmx asks for the second time."""
    asked = int(request.COOKIES.get("asked", "0")) + bool(request.htmx)
    whole = "tests/running.html"
    part = "tests/done.html" if asked > 1 else "tests/under_way.html"
    response = render(request, part if request.htmx else whole, {"address": request.path})
    response.set_cookie("asked", str(asked))
    return response


def confirm(request: HttpRequest) -> HttpResponse:
    return render(request, "tests/confirm.html", {"back_url": "/list/"})


urlpatterns = [
    path("style-guide/", include("oversight.interface.urls")),
    path("form/", one_form),
    path("running/", running),
    path("confirm/", confirm),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("broken/", broken),
    path("busy/", lambda request: views.too_many_requests(request, retry_after=30)),
    path("closed/", views.unavailable),
]
handler400 = "oversight.interface.views.bad_request"
handler403 = "oversight.interface.views.permission_denied"
handler404 = "oversight.interface.views.page_not_found"
handler500 = "oversight.interface.views.server_error"
