"""Addresses of the examiners' pages, and of the officer's result."""

from django.urls import path

from oversight.leads.views import bundling, comparing, concluding, examining, results

app_name = "leads"

urlpatterns = [
    path("comparisons/", examining.queue, name="queue"),
    path("comparisons/<uuid:run>/start/", examining.start, name="start"),
    path("examinations/<uuid:key>/", examining.examination, name="examination"),
    path("examinations/<uuid:key>/probe/", comparing.probe_image, name="probe_image"),
    path(
        "examinations/<uuid:key>/candidates/<int:position>/",
        comparing.CompareView.as_view(),
        name="compare",
    ),
    path(
        "examinations/<uuid:key>/candidates/<int:position>/photograph/",
        comparing.candidate_image,
        name="candidate_image",
    ),
    path("examinations/<uuid:key>/conclusion/", concluding.ConcludeView.as_view(), name="conclude"),
    path("examinations/<uuid:key>/release/", examining.release, name="release"),
    path("search-file/", bundling.search_file, name="search_file"),
    path("results/<uuid:key>/", results.result, name="result"),
    path("results/<uuid:key>/photograph/", results.lead_image, name="lead_image"),
]
