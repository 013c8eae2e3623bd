"""Facts are final, and the database itself demands the roles and the two people."""

from pathlib import Path

from django.db import migrations

from oversight.ledger.closing import close_facts

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("council", "0002_technologies_comment_complaints")]

    operations = [
        close_facts(
            "council_technology",
            "council_acquisition",
            "council_document",
            "council_documentcontent",
            "council_hearing",
            "council_vote",
            "council_voteconfirmation",
            "council_standingchange",
            "council_yearlycost",
            "council_consultation",
            "council_comment",
            "council_consentwithdrawal",
            "council_moderation",
            "council_complaint",
            "council_acknowledgement",
            "council_comparison",
            "council_finding",
            "council_recordsrequest",
            "council_recordsanswer",
        ),
        migrations.RunSQL(
            (SQL / "acts.sql").read_text(encoding="utf-8"),
            (SQL / "drop_acts.sql").read_text(encoding="utf-8"),
        ),
    ]
