from django.apps import AppConfig


class LeadsConfig(AppConfig):
    """Tells the officer's list how requests stand after their search."""

    name = "oversight.leads"
    label = "leads"

    def ready(self) -> None:
        """Register with the requests room, which lies below and may not know this one."""
        from oversight.leads.presenting import stages  # noqa: PLC0415  (needs loaded models)
        from oversight.requests.stages import register_stage_source  # noqa: PLC0415  (as above)

        register_stage_source(stages)
