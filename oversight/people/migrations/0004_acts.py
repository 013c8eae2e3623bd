"""The roles and the two people that an act takes: demanded by one mechanism for every room."""

from pathlib import Path

from django.db import migrations

_SQL = Path(__file__).with_name("sql") / "acts.sql"
_DROP = """
DROP FUNCTION people_demand_second(text, text, text, text, text, text);
DROP FUNCTION people_let_act(text, text, text, text);
DROP FUNCTION people_check_second_person();
DROP FUNCTION people_check_role();
DROP FUNCTION people_demand_role(bigint, text[], timestamptz);
DROP FUNCTION people_day_of(bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_unit_area")]

    operations = [migrations.RunSQL(_SQL.read_text(encoding="utf-8"), _DROP)]
