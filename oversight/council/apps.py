from django.apps import AppConfig


class CouncilConfig(AppConfig):
    """Registers what rooms below may not import: they ask sources that are given to them here."""

    name = "oversight.council"
    label = "council"

    def ready(self) -> None:
        """Tell the gate what is approved, editions what this room counts, and the API its list."""
        from oversight.council.editions import NAMES, council_figures  # noqa: PLC0415  (as below)
        from oversight.council.inventory import approved_at  # noqa: PLC0415  (apps are loaded now)
        from oversight.requests.inventory import register_inventory  # noqa: PLC0415  (as above)
        from oversight.transparency.api.listings import register_listing  # noqa: PLC0415  (as above)
        from oversight.transparency.sources import register_figures  # noqa: PLC0415  (as above)

        register_inventory(approved_at)
        register_figures(NAMES, council_figures)
        register_listing(
            "technologies",
            "council_api:technologies",
            "Surveillance technologies: how each stands, the votes, and when its approval ends.",
        )
