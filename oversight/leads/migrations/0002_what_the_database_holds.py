"""Facts are final, comparisons come with their run, and each step needs the one before it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0001_initial"),
        ("requests", "0002_what_the_database_holds"),
        ("recognition", "0002_lock"),
    ]

    operations = [
        migrations.RunSQL(
            "\n".join(
                (SQL / f"{name}.sql").read_text("utf-8")
                for name in ("final_facts", "comparisons", "chain")
            ),
            (SQL / "drop.sql").read_text("utf-8"),
        )
    ]
