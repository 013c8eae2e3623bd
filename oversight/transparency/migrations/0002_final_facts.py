"""What is published, and what was imported, is never changed or removed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("transparency", "0001_initial")]

    operations = [
        migrations.RunSQL(
            (SQL / "final_facts.sql").read_text(encoding="utf-8"),
            (SQL / "drop_final_facts.sql").read_text(encoding="utf-8"),
        )
    ]
