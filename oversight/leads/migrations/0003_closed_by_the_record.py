"""The record's one function closes these tables, in place of this room's own."""

from pathlib import Path

from django.db import migrations

from oversight.ledger.closing import close_facts

BEFORE = Path(__file__).with_name("sql") / "final_facts.sql"


class Migration(migrations.Migration):
    dependencies = [("leads", "0002_what_the_database_holds"), ("ledger", "0003_closing")]

    operations = [
        migrations.RunSQL(
            "DROP FUNCTION leads_refuse_change() CASCADE", BEFORE.read_text(encoding="utf-8")
        ),
        close_facts(
            "leads_comparison",
            "leads_examination",
            "leads_release",
            "leads_viewing",
            "leads_judgement",
            "leads_conclusion",
            "leads_result",
            "leads_acknowledgement",
        ),
    ]
