"""Opening a gallery, enrolling into it, changing the model and expunging are recorded."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0004_requests_first_sent"),
        ("recognition", "0002_lock"),
        ("ledger", "0001_record"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / "galleries.sql").read_text(encoding="utf-8"),
            (SQL / "drop_galleries.sql").read_text(encoding="utf-8"),
        )
    ]
