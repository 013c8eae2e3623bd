"""The record room as Django sees it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    """Collects the kinds of event that every room declares in its ``events.py``."""

    name = "oversight.ledger"
    verbose_name = _("The record")

    def ready(self) -> None:
        """Import every room's ``events.py``, so that a clash of numbers stops the start."""
        autodiscover_modules("events")
