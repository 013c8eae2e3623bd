"""What the database itself holds to, whoever asks: facts are final, and no search without its chain.

request <- permitting decision <- sign-off by someone else <- permission <- authorization
<- fresh decision to run <- opening <- run; each link is checked where the next is inserted.
"""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0001_initial"),
        ("recognition", "0002_lock"),
        ("ledger", "0001_record"),
    ]

    operations = [
        migrations.RunSQL(
            (SQL / name).read_text(encoding="utf-8"),
            (SQL / f"drop_{name}").read_text(encoding="utf-8"),
        )
        for name in ("final_facts.sql", "chain.sql", "record.sql")
    ]
