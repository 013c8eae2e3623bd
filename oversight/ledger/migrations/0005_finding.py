"""Entries are found by day, agency and what they tell, without reading them all."""

from django.db import migrations, models

COLUMNS = """
CREATE FUNCTION ledger_public(entry bytea, name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN convert_from(entry, 'UTF8')::jsonb -> 'public' ->> name;

ALTER TABLE ledger_entry
    ADD COLUMN day text COLLATE "C" GENERATED ALWAYS AS (ledger_public(entry, 'day')) STORED,
    ADD COLUMN agency text COLLATE "C" GENERATED ALWAYS AS (ledger_public(entry, 'agency')) STORED;
CREATE INDEX ledger_entry_day ON ledger_entry (day, index);
CREATE INDEX ledger_entry_agency ON ledger_entry (agency, index);
"""

# By equality only, and without the blinds: who may open a field may ask for its value.
TELLING = """
CREATE FUNCTION ledger_telling(kinds integer[], name text, told jsonb[])
RETURNS TABLE (index bigint, kind integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT entry.index, entry.kind
    FROM public.ledger_entry AS entry JOIN public.ledger_secret AS secret ON secret.entry = entry.index
    WHERE entry.kind = ANY (kinds) AND secret.fields -> name = ANY (told) ORDER BY entry.index
$$;
REVOKE ALL ON FUNCTION ledger_telling(integer[], text, jsonb[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0004_many_at_once")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(part) for part in (COLUMNS, TELLING)],
            state_operations=[
                migrations.CreateModel(
                    "Sealing",
                    [
                        ("entry", models.BigIntegerField(primary_key=True)),
                        ("basis", models.TextField()),
                        ("proposed_by", models.TextField()),
                        ("proposed_at", models.DateTimeField()),
                        ("confirmed_by", models.TextField(null=True)),
                        ("sealed_by", models.BigIntegerField(null=True)),
                    ],
                    options={"db_table": "ledger_sealing", "managed": False},
                ),
                migrations.CreateModel(
                    "Hold",
                    [
                        ("id", models.BigIntegerField(primary_key=True)),
                        ("entry", models.BigIntegerField()),
                        ("reference", models.TextField()),
                        ("placed_by", models.BigIntegerField()),
                        ("lifted_by", models.BigIntegerField(null=True)),
                    ],
                    options={"db_table": "ledger_hold", "managed": False},
                ),
                migrations.AddField("Entry", "day", models.TextField(null=True)),
                migrations.AddField("Entry", "agency", models.TextField(null=True)),
            ],
        )
    ]
