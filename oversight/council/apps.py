from django.apps import AppConfig


class CouncilConfig(AppConfig):
    name = "oversight.council"
    label = "council"
