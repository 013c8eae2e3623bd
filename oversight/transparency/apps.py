from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "oversight.transparency"
    label = "transparency"

    def ready(self) -> None:
        """Declare the kinds of event of the reports, whose room within the room has its own."""
        from oversight.transparency.reports import events  # noqa: F401, PLC0415  (needs settings)
