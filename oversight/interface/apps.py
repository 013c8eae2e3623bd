"""The application that all pages share."""

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    name = "oversight.interface"
    label = "interface"
