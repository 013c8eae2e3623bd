"""Addresses of the council's room: technologies, comment, complaints; the board's own pages."""

from django.urls import URLPattern

app_name = "council"

urlpatterns: list[URLPattern] = [
    # Technologies, comment, complaints, records requests
    # The board: dashboard, samples, findings, meetings, notices
]
