"""``manage.py prepare_database``: roles, database and extension on a server of your own."""

from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandError

from oversight.site.database.address import address_of
from oversight.site.database.bootstrap import database_address, prepare_cluster
from oversight.site.roles import OWNER
from oversight.site.secrets import secret


class Command(BaseCommand):
    """What the embedded server's supervisor does at each start, for ``DATABASE_URL``."""

    help = "Make the database roles, the database and pgvector; safe to run again. Then migrate."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prepare the cluster; the roles' passwords come from their secrets."""
        try:
            prepare_cluster(database_address(address_of(OWNER), "postgres"), secret)
        except psycopg.Error as error:
            raise CommandError(
                f"The server of DATABASE_URL could not be prepared: {error}"
            ) from error
        self.stdout.write("The database is prepared; run migrate next.")
