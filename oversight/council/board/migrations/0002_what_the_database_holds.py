"""Facts are final, and the database itself demands the roles, the two people and the one draw."""

from pathlib import Path

from django.db import migrations

from oversight.ledger.closing import close_facts

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [
        ("board", "0001_initial"),
        ("ledger", "0003_closing"),
        ("policy", "0002_what_the_database_holds"),
    ]

    operations = [
        close_facts(
            "board_sample",
            "board_draw",
            "board_finding",
            "board_answer",
            "board_resolution",
            "board_recipientchange",
            "board_recipientconfirmation",
            "board_notice",
            "board_dispatch",
            "board_meeting",
            "board_pack",
            "board_publication",
        ),
        migrations.RunSQL(
            (SQL / "acts.sql").read_text(encoding="utf-8"),
            (SQL / "drop.sql").read_text(encoding="utf-8"),
        ),
    ]
