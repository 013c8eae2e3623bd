from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    name = "oversight.transparency"
    label = "transparency"

    def ready(self) -> None:
        """Declare the kinds of event of the reports, whose room within the room has its own.

        Pages of rules are told where their figures are published.
        """
        from oversight.policy.figures import register_refusals  # noqa: PLC0415  (needs settings)
        from oversight.transparency.refusals import published_refusals  # noqa: PLC0415  (needs settings)
        from oversight.transparency.reports import events  # noqa: F401, PLC0415  (needs settings)

        register_refusals(published_refusals)
