"""Addresses of the record: a page for people, and the files that verifiers fetch (c2sp.org/tlog-tiles)."""

from django.urls import path, re_path

from oversight.ledger import views

app_name = "ledger"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("policy.txt", views.policy, name="policy"),
    path("verifier.py", views.verifier_program, name="verifier"),
    path("entries/<int:index>/", views.entry, name="entry"),
    path("entries/<int:index>/proof", views.proof, name="proof"),
    re_path(
        r"^(?P<path>tile/(?:entries|[0-7])/(?:x[0-9]{3}/)*[0-9]{3}(?:\.p/[1-9][0-9]{0,2})?)$",
        views.tile,
        name="tile",
    ),
]
