"""A recall enters the record like every other act of the machine."""

from django.db import migrations

SQL = """
CREATE FUNCTION requests_record_recall() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM ledger_append(403, requests_public_fields(NEW.authorization_id, NEW.recalled_at),
        jsonb_build_object('authorization', NEW.authorization_id, 'at', NEW.recalled_at));
    RETURN NULL;
END $$;
CREATE TRIGGER record AFTER INSERT ON recognition_recall
    FOR EACH ROW EXECUTE FUNCTION requests_record_recall();
ALTER TABLE recognition_recall ENABLE ALWAYS TRIGGER record;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0002_what_the_database_holds"),
        ("recognition", "0002_lock"),
    ]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION requests_record_recall() CASCADE"),
    ]
