from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "oversight.transparency"
    label = "transparency"
