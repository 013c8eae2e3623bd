"""Addresses of the archive, of reports that were filed, and of their desk (contracts, section 7)."""

from allauth.account.decorators import reauthentication_required
from django.urls import path

from oversight.transparency.reports.views import desk, public

urlpatterns = [
    path("reports/", public.reports, name="reports"),
    path("reports/due/", public.due, name="due"),
    path("reports/<int:number>.pdf", public.report_pdf, name="report_pdf"),
    path("reports/<int:number>.json", public.report_json, name="report_json"),
    path("reports/<int:number>.csv", public.report_csv, name="report_csv"),
    path("reports/filed/<int:number>/", public.filed, name="filed"),
    path("reports/filed/<int:number>.pdf", public.filed_pdf, name="filed_pdf"),
    path("reports/filed/<int:number>.json", public.filed_json, name="filed_json"),
    path("reports/filed/<int:number>.csv", public.filed_csv, name="filed_csv"),
    path("desk/reports/", desk.desk, name="report_desk"),
    path("desk/reports/<slug:pack>/<str:start>/", desk.draft, name="report_draft"),
    # What is published for ever under the agency's name is stepped up: password or second factor.
    path(
        "desk/reports/<slug:pack>/<str:start>/file/",
        reauthentication_required(desk.file),
        name="report_file",
    ),
    path("desk/reports/<slug:pack>/<str:start>/<slug:item>/", desk.write, name="report_write"),
]
