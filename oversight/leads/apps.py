from django.apps import AppConfig


class LeadsConfig(AppConfig):
    name = "oversight.leads"
    label = "leads"
