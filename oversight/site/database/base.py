"""Django's PostgreSQL back end, told only a role: where to connect follows from that.

The address is looked up at the first connection, not when settings load, so that commands
which need no database start none.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import OperationalError, sql
from psycopg.conninfo import conninfo_to_dict

from oversight.site.database.address import address_of
from oversight.site.embedded.address import ServicesUnavailableError
from oversight.site.roles import OWNER, database_user


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects as ``settings_dict["ROLE"]``; the owner's place is taken with SET ROLE."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters; ``NAME`` of the settings wins over the address's."""
        role = self.settings_dict["ROLE"]
        try:
            found = conninfo_to_dict(address_of(role))
        except ServicesUnavailableError as error:
            # Who waits for a database that is away waits for the embedded one too.
            raise OperationalError(str(error)) from error
        params: dict[str, Any] = super().get_connection_params()
        return {**params, **found, "dbname": params.get("dbname") or found["dbname"]}

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect; as owner, leave the administrator's powers at once."""
        connection = super().get_new_connection(conn_params)
        if self.settings_dict["ROLE"] == OWNER:
            owner = sql.Identifier(database_user(OWNER))
            connection.execute(sql.SQL("SET ROLE {}").format(owner))
            if not connection.autocommit:
                connection.commit()
        return connection
