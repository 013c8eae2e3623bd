"""Addresses of the interface itself: the living style guide, included in development."""

from django.urls import path

from oversight.interface import views

app_name = "interface"

urlpatterns = [
    path("", views.style_guide, name="style_guide"),
]
