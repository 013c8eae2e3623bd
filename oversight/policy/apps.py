from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured

from oversight.policy.gate import PackError, load_policy


class PolicyConfig(AppConfig):
    name = "oversight.policy"
    label = "policy"

    def ready(self) -> None:
        """Start on nothing but whole, untampered rules, each of which has just refused its cases."""
        try:
            load_policy()
        except PackError as error:
            raise ImproperlyConfigured(f"The gate does not start. {error}") from error
