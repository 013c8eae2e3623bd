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
        'technology', 'acquisition', 'document', 'hearing', 'vote', 'voteconfirmation',
        'yearlycost', 'consultation', 'moderation', 'acknowledgement', 'comparison', 'finding',
        'recordsrequest', 'recordsanswer'
    ] LOOP
        EXECUTE format('DROP TRIGGER act_is_allowed ON council_%s', fact);
    END LOOP;
END $$;
DROP TRIGGER takes_two_people ON council_hearing;
DROP TRIGGER takes_two_people ON council_vote;
DROP TRIGGER takes_two_people ON council_voteconfirmation;
DROP FUNCTION council_check_comment() CASCADE;
DROP FUNCTION council_check_standing_change() CASCADE;
DROP FUNCTION council_check_vote() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("council", "0003_what_the_database_holds"), ("people", "0004_acts")]

    operations = [
        migrations.RunSQL(
            (SQL / "acts_by_people.sql").read_text(encoding="utf-8"),
            _BACK + (SQL / "acts.sql").read_text(encoding="utf-8"),
        )
    ]
