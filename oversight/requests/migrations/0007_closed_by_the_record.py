"""The record's one function closes these tables, in place of this room's own."""

from pathlib import Path

from django.db import migrations

from oversight.ledger.closing import close_facts

BEFORE = Path(__file__).with_name("sql") / "final_facts.sql"


class Migration(migrations.Migration):
    dependencies = [("requests", "0006_authorizations_are_told"), ("ledger", "0003_closing")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION requests_refuse_change() CASCADE", BEFORE.read_text(encoding="utf-8")
        ),
        close_facts(
            "requests_searchrequest",
            "requests_submission",
            "requests_decision",
            "requests_signoff",
            "requests_withdrawal",
            "requests_permission",
        ),
    ]
