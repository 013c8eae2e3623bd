from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "oversight.requests"
    label = "requests"

    def ready(self) -> None:
        """Let the policy room decide past submissions again: it lies below and knows none."""
        from oversight.policy.histories import register_history  # noqa: PLC0415  (apps are loaded)
        from oversight.requests.replayed import past_submissions  # noqa: PLC0415  (has models)

        register_history(past_submissions)
