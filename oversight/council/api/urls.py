"""Addresses of the inventory in the read API; they have no language, unlike the pages."""

from django.urls import path

from oversight.council.api import views

app_name = "council_api"

urlpatterns = [
    path("v1/technologies/", views.Technologies.as_view(), name="technologies"),
    path("v1/technologies/<slug:slug>/", views.OneTechnology.as_view(), name="technology"),
]
