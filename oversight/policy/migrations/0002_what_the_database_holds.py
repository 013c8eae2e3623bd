"""Acts are final, and the database itself demands the roles and the two people."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial"), ("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "\n".join(
                (SQL / f"{name}.sql").read_text(encoding="utf-8")
                for name in ("final_facts", "acts")
            ),
            (SQL / "drop.sql").read_text(encoding="utf-8"),
        )
    ]
