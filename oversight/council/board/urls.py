"""Addresses of the board's desk and of what it publishes."""

from django.urls import URLPattern

app_name = "board"

urlpatterns: list[URLPattern] = []
