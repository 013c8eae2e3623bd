"""One thing at a time may happen to a comparison."""

from uuid import UUID

from django.db import connection


def hold(run: UUID) -> None:
    """Let nobody else act on the comparison of ``run`` until the transaction ends.

    The database's own checks take the same lock, so that what a service saw still stands when
    they look.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT leads_hold(%s)", [run])
