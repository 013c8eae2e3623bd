"""The record's one function closes these tables, in place of this room's own."""

from pathlib import Path

from django.db import migrations

from oversight.ledger.closing import close_facts

BEFORE = Path(__file__).with_name("sql") / "final_facts.sql"


class Migration(migrations.Migration):
    dependencies = [("transparency", "0002_final_facts"), ("ledger", "0003_closing")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION transparency_refuse_change() CASCADE", BEFORE.read_text(encoding="utf-8")
        ),
        close_facts("transparency_edition", "transparency_earliersearch"),
    ]
