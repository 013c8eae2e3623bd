"""Adopted acts as the public reads them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql") / "adopted_acts.sql"


class Migration(migrations.Migration):
    dependencies = [("policy", "0004_replays_under_more_laws")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), "DROP VIEW policy_adoptedact")]
