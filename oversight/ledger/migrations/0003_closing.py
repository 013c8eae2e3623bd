"""One function closes a table of facts, for every room that has one."""

from django.db import migrations

CLOSING = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% keeps what happened: its rows are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

-- By statement, so that what changes no row is refused as well; and always, so also to the owner, to
-- a superuser, and to a session that poses as a replica.
CREATE FUNCTION ledger_close(VARIADIC facts regclass[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fact regclass;
BEGIN
    FOREACH fact IN ARRAY facts LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON %s'
            ' FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_refuse_change()', fact);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER facts_are_final', fact);
    END LOOP;
END $$;
REVOKE ALL ON FUNCTION ledger_close(regclass[]) FROM PUBLIC;
"""

UNDO = "DROP FUNCTION ledger_close(regclass[]); DROP FUNCTION ledger_refuse_change()"


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_sealing")]
    operations = [migrations.RunSQL(CLOSING, UNDO)]
