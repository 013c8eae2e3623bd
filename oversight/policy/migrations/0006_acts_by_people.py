"""Roles and the two people of an act are demanded by the mechanism that all rooms share."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")
_BACK = """
DROP TRIGGER act_is_allowed ON policy_suspension;
DROP TRIGGER act_is_allowed ON policy_lifting;
DROP TRIGGER act_is_allowed ON policy_proposal;
DROP TRIGGER act_is_allowed ON policy_adoption;
DROP TRIGGER takes_two_people ON policy_adoption;
DROP FUNCTION policy_check_adoption() CASCADE;
DROP FUNCTION policy_check_proposal() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0005_adopted_acts"), ("people", "0004_acts")]

    operations = [
        migrations.RunSQL(
            (SQL / "acts_by_people.sql").read_text(encoding="utf-8"),
            _BACK + (SQL / "acts.sql").read_text(encoding="utf-8"),
        )
    ]
