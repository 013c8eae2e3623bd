"""The application that puts the rooms together."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules

from oversight.site.database.grants import apply_grants


class SiteConfig(AppConfig):
    """Connects the rooms once all are loaded.

    A room may import only what lies below it. What it has for a room below it registers there, in
    its ``seams.py``.
    """

    name = "oversight.site"
    label = "oversight_site"

    def ready(self) -> None:
        """Import every room's ``seams.py``; give the roles their grants after every migration."""
        autodiscover_modules("seams")
        post_migrate.connect(_grant, sender=self)


def _grant(*, using: str, **_rest: object) -> None:
    apply_grants(connections[using])
