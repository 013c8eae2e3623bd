"""Addresses of the interface itself."""

from django.urls import path

from oversight.interface import views

app_name = "interface"

urlpatterns = [
    path("style-guide/", views.style_guide, name="style_guide"),
]
