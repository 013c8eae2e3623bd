"""The record room as Django sees it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from oversight.ledger.kinds import store_kinds


class LedgerConfig(AppConfig):
    """Collects the kinds of event that every room declares in its ``events.py``."""

    name = "oversight.ledger"
    verbose_name = _("The record")

    def ready(self) -> None:
        """Import every room's ``events.py``, so that a clash of numbers stops the start."""
        autodiscover_modules("events")
        post_migrate.connect(store_kinds, sender=self)
