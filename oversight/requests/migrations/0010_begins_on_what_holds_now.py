"""No search begins after its officer was suspended, or the board halted all use, or rules were adopted.

The gate decides when a search is handed over, and a worker may begin up to ten minutes later. What
changed meanwhile is seen by the database at the moment of the beginning; the search is then due
again, and the gate decides anew.
"""

from django.db import migrations

_HEAD = """
CREATE OR REPLACE FUNCTION requests_check_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last_effect text;
    last_decided timestamptz;
BEGIN
    SELECT d.effect, d.decided_at INTO last_effect, last_decided
    FROM requests_permission p JOIN requests_decision d ON d.submission_id = p.submission_id
    WHERE p.authorization_id = NEW.authorization_id AND d.action = 'run'
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1;
    IF last_effect IS DISTINCT FROM 'permit'
       OR last_decided < clock_timestamp() - interval '10 minutes' THEN
        RAISE EXCEPTION 'No fresh decision of the gate permits this search to run'
            USING ERRCODE = 'check_violation';
    END IF;
"""
_HOLDS_NOW = """
    IF EXISTS (SELECT FROM requests_permission p
               JOIN requests_submission s ON s.id = p.submission_id
               JOIN requests_searchrequest r ON r.id = s.request_id
               JOIN people_person o ON o.id = r.requester_id
               WHERE p.authorization_id = NEW.authorization_id
               AND (o.suspended OR NOT o.is_active))
       OR EXISTS (SELECT FROM policy_suspension s
                  WHERE NOT EXISTS (SELECT FROM policy_lifting WHERE suspension_id = s.id))
       OR EXISTS (SELECT FROM policy_adoption WHERE adopted_at > last_decided) THEN
        RAISE EXCEPTION 'What the gate decided on has changed: it must decide anew'
            USING ERRCODE = 'check_violation';
    END IF;
"""
_TAIL = """
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("requests", "0009_figures_are_recorded"),
        ("policy", "0005_adopted_acts"),
        ("people", "0003_unit_area"),
    ]
    operations = [migrations.RunSQL(_HEAD + _HOLDS_NOW + _TAIL, _HEAD + _TAIL)]
