"""Addresses of the public pages and files (contracts, section 7)."""

from django.urls import path

from oversight.transparency import views
from oversight.transparency.api.views.page import page as api_page

app_name = "transparency"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("statistics/", views.statistics, name="statistics"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:number>/", views.report, name="report"),
    path("reports/<int:number>.json", views.report_json, name="report_json"),
    path("reports/<int:number>.csv", views.report_csv, name="report_csv"),
    path("open-data/", views.open_data, name="open_data"),
    path("open-data/searches-by-month.csv", views.searches_by_month, name="searches_by_month"),
    path("open-data/datapackage.json", views.data_package, name="data_package"),
    path("data.json", views.catalogue, name="catalogue"),
    path("feed.atom", views.feed, name="feed"),
    path("api/", api_page, name="api"),
]
