"""Roles and the two people of an act are demanded by the mechanism that all rooms share."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")
_BACK = """
DO $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY ARRAY[
        'sample', 'finding', 'answer', 'resolution', 'recipientchange', 'recipientconfirmation',
        'meeting', 'pack'
    ] LOOP
        EXECUTE format('DROP TRIGGER act_is_allowed ON board_%s', fact);
    END LOOP;
END $$;
DROP TRIGGER takes_two_people ON board_recipientconfirmation;
DROP FUNCTION board_check_finding_is_open() CASCADE;
DROP FUNCTION board_check_finding() CASCADE;
DROP FUNCTION board_check_draw() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("board", "0002_what_the_database_holds"), ("people", "0004_acts")]

    operations = [
        migrations.RunSQL(
            (SQL / "acts_by_people.sql").read_text(encoding="utf-8"),
            _BACK + (SQL / "acts.sql").read_text(encoding="utf-8"),
        )
    ]
