"""The application that puts the rooms together."""

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class SiteConfig(AppConfig):
    name = "oversight.site"
    label = "oversight_site"

    def ready(self) -> None:
        """Give the roles their grants after every migration run; connect Celery and the log."""
        post_migrate.connect(_grant, sender=self)
        import oversight.site.celery  # noqa: PLC0415  (shared_task needs the app)
        import oversight.site.logs.requests  # noqa: F401, PLC0415  (connects its receivers)


def _grant(*, using: str, **_rest: object) -> None:
    from oversight.site.database.grants import apply_grants  # noqa: PLC0415  (apps are loaded now)

    apply_grants(connections[using])
