from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "oversight.requests"
    label = "requests"
