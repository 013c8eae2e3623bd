"""Addresses of the public pages and files (contracts, section 7)."""

from django.urls import path

from oversight.transparency import views
from oversight.transparency.api.views.page import page as api_page
from oversight.transparency.charts import views as charts
from oversight.transparency.concerns.views import concerns
from oversight.transparency.datasets import views as data
from oversight.transparency.demographics.views import demographics
from oversight.transparency.feed import feed
from oversight.transparency.reports import urls as reports
from oversight.transparency.statistics import statistics

app_name = "transparency"

urlpatterns = [
    path("", views.landing, name="landing"),
    path("statistics/", statistics, name="statistics"),
    *reports.urlpatterns,
    path("reports/<int:number>/", views.report, name="report"),
    path("reports/<int:number>/charts/<slug:name>.svg", charts.chart_svg, name="chart_svg"),
    path("reports/<int:number>/charts/<slug:name>.csv", charts.chart_csv, name="chart_csv"),
    path("demographics/", demographics, name="demographics"),
    path("concerns/", concerns, name="concerns"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("open-data/", data.open_data, name="open_data"),
    path("open-data/datapackage.json", data.site_package, name="data_package"),
    path("open-data/data-dictionary.csv", data.data_dictionary, name="data_dictionary"),
    path("open-data/editions.csv", data.editions, name="editions_csv"),
    path("open-data/searches-by-month.csv", data.searches_by_month, name="searches_by_month"),
    path(
        "open-data/editions/<int:number>/datapackage.json",
        data.edition_package,
        name="edition_package",
    ),
    path("open-data/editions/<int:number>/<slug:name>.csv", data.edition_file, name="edition_file"),
    path("open-data/current/datapackage.json", data.current_package, name="current_package"),
    path("open-data/current/<slug:name>.csv", data.current_file, name="current_file"),
    path("data.json", data.catalogue, name="catalogue"),
    path("feed.atom", feed, name="feed"),
    path("api/", api_page, name="api"),
]
