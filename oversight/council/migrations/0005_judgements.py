"""What the gate decides on a vote is kept, and no vote that was carried is confirmed without it."""

import django.db.models.deletion
from django.db import migrations, models

from oversight.ledger.closing import close_facts

_DEMAND = """
CREATE FUNCTION council_check_judged() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT jsonb_array_length(ayes) > jsonb_array_length(noes) FROM council_vote WHERE id = NEW.vote_id)
        AND NOT EXISTS (SELECT FROM council_judgement WHERE vote_id = NEW.vote_id) THEN
        RAISE EXCEPTION 'the gate has not judged this vote' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_is_judged BEFORE INSERT ON council_voteconfirmation
    FOR EACH ROW EXECUTE FUNCTION council_check_judged();
ALTER TABLE council_voteconfirmation ENABLE ALWAYS TRIGGER vote_is_judged;
"""


class Migration(migrations.Migration):
    dependencies = [("council", "0004_acts_by_people")]

    operations = [
        migrations.CreateModel(
            name="Judgement",
            fields=[
                (
                    "vote",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="judgement",
                        serialize=False,
                        to="council.vote",
                    ),
                ),
                ("effect", models.CharField(max_length=6)),
                ("facts", models.JSONField()),
                ("document", models.JSONField()),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("effect__in", ["permit", "refuse"])),
                        name="council_effect_is_known",
                    )
                ],
            },
        ),
        close_facts("council_judgement"),
        migrations.RunSQL(_DEMAND, "DROP FUNCTION council_check_judged() CASCADE"),
    ]
