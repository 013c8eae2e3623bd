"""The worker may learn for which authorization an entry was written, and nothing else of it."""

from django.db import migrations

SQL = """
CREATE FUNCTION requests_authorization_told(index bigint) RETURNS TABLE (value text, blind bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT told.value, told.blind
    FROM ledger_entry AS e, ledger_open(e.index, ARRAY['authorization']) AS told
    WHERE e.index = requests_authorization_told.index AND e.kind = 306
$$;
REVOKE ALL ON FUNCTION requests_authorization_told(bigint) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0005_galleries_are_recorded"),
        ("ledger", "0002_sealing"),
    ]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION requests_authorization_told(bigint)"),
    ]
