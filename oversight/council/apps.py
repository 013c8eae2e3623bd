from django.apps import AppConfig


class CouncilConfig(AppConfig):
    """Registers what rooms below may not import: they ask sources that are given to them here."""

    name = "oversight.council"
    label = "council"
