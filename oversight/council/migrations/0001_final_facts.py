"""What every table of facts of this room is closed with."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("people", "0001_initial"),
        ("policy", "0002_what_the_database_holds"),
        ("ledger", "0003_closing"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "final_facts.sql").read_text(encoding="utf-8"),
            "DROP FUNCTION council_close_facts(text[])",
        )
    ]
