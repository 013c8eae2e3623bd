"""A proposal to seal can be withdrawn, and a legal hold is lifted by two people."""

from django.db import migrations, models

TABLES = """
ALTER TABLE ledger_sealing
    ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY,
    ADD COLUMN withdrawn_by bigint UNIQUE REFERENCES ledger_entry (index),
    ADD CHECK (withdrawn_by IS NULL OR sealed_by IS NULL),
    DROP CONSTRAINT ledger_sealing_pkey,
    ADD PRIMARY KEY (id);
CREATE UNIQUE INDEX ledger_sealing_once ON ledger_sealing (entry) WHERE withdrawn_by IS NULL;
ALTER TABLE ledger_hold ADD COLUMN lift_proposed_by text CHECK (lift_proposed_by <> '');
"""

GUARDS = """
CREATE OR REPLACE FUNCTION ledger_guard_sealing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.sealed_by IS NOT NULL OR OLD.withdrawn_by IS NOT NULL
        OR (NEW.id, NEW.entry, NEW.proposed_by) IS DISTINCT FROM (OLD.id, OLD.entry, OLD.proposed_by)
    THEN
        RAISE EXCEPTION 'a sealing is never undone: entry % is refused', OLD.entry
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION ledger_guard_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.lifted_by IS NOT NULL
        OR (NEW.id, NEW.entry, NEW.reference, NEW.placed_by)
            IS DISTINCT FROM (OLD.id, OLD.entry, OLD.reference, OLD.placed_by)
        OR NEW.lifted_by IS NOT NULL AND (
            OLD.lift_proposed_by IS NULL
            OR NEW.lift_proposed_by IS DISTINCT FROM OLD.lift_proposed_by
            OR NOT EXISTS (
                SELECT FROM public.ledger_entry WHERE index = NEW.lifted_by AND kind = 7))
    THEN
        RAISE EXCEPTION 'a hold is placed, and lifted by two people, nothing else: entry % is refused',
            OLD.entry USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

ACTS = """
CREATE OR REPLACE FUNCTION ledger_propose_sealing(entry bigint, basis text, person text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM public.ledger_take(entry);
    IF EXISTS (
        SELECT FROM public.ledger_entry AS e WHERE e.index = ledger_propose_sealing.entry AND e.kind < 100
    ) THEN
        RAISE EXCEPTION 'entry % tells of the record itself and stays open', entry
            USING ERRCODE = 'check_violation';
    END IF;
    UPDATE public.ledger_sealing AS s
        SET basis = ledger_propose_sealing.basis, proposed_at = clock_timestamp()
        WHERE s.entry = ledger_propose_sealing.entry AND s.withdrawn_by IS NULL
            AND s.proposed_by = person;
    IF FOUND THEN RETURN; END IF;
    IF EXISTS (
        SELECT FROM public.ledger_sealing AS s
        WHERE s.entry = ledger_propose_sealing.entry AND s.withdrawn_by IS NULL
    ) THEN
        RAISE EXCEPTION 'someone else has proposed to seal entry % already; confirm it instead', entry
            USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO public.ledger_sealing (entry, basis, proposed_by) VALUES (entry, basis, person);
END $$;

CREATE FUNCTION ledger_open_proposal(entry bigint) RETURNS public.ledger_sealing
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    proposal public.ledger_sealing;
BEGIN
    PERFORM public.ledger_take(entry);
    SELECT * INTO proposal FROM public.ledger_sealing AS s
        WHERE s.entry = ledger_open_proposal.entry AND s.withdrawn_by IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody has proposed to seal entry %', entry USING ERRCODE = 'check_violation';
    END IF;
    RETURN proposal;
END $$;

CREATE FUNCTION ledger_withdraw_sealing(entry bigint, person text, day text, at text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    proposal public.ledger_sealing := public.ledger_open_proposal(entry);
    place bigint;
BEGIN
    place := public.ledger_append(
        8,
        jsonb_build_object('day', day, 'entry', entry),
        jsonb_build_object('at', at, 'person', person, 'proposed_by', proposal.proposed_by,
            'basis', proposal.basis)
    );
    UPDATE public.ledger_sealing AS s SET withdrawn_by = place WHERE s.id = proposal.id;
    RETURN place;
END $$;

CREATE OR REPLACE FUNCTION ledger_confirm_sealing(entry bigint, person text, day text, at text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    proposal public.ledger_sealing := public.ledger_open_proposal(entry);
    place bigint;
BEGIN
    IF proposal.proposed_by = person THEN
        RAISE EXCEPTION 'entry % must be sealed by a second person', entry
            USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM public.ledger_hold AS h
        WHERE h.entry = ledger_confirm_sealing.entry AND h.lifted_by IS NULL
    ) THEN
        RAISE EXCEPTION 'entry % is under a legal hold and may not be sealed', entry
            USING ERRCODE = 'check_violation';
    END IF;
    place := public.ledger_append(
        2,
        jsonb_build_object('day', day, 'entry', entry, 'basis', proposal.basis),
        jsonb_build_object('at', at, 'proposed_by', proposal.proposed_by, 'confirmed_by', person)
    );
    UPDATE public.ledger_sealing AS s SET confirmed_by = person, sealed_by = place
        WHERE s.id = proposal.id;
    UPDATE public.ledger_secret AS s SET key = NULL, fields = NULL, sealed_by = place
        WHERE s.entry = ledger_confirm_sealing.entry;
    RETURN place;
END $$;

-- Proposes to lift a hold, or with no person takes the proposal back.
CREATE FUNCTION ledger_propose_lifting(entry bigint, reference text, person text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE public.ledger_hold AS h SET lift_proposed_by = person
        WHERE h.entry = ledger_propose_lifting.entry AND h.lifted_by IS NULL
            AND h.reference = ledger_propose_lifting.reference
            AND (h.lift_proposed_by IS NULL OR person IS NULL);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % is under no open hold %, or its lifting is proposed already', entry,
            reference USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger_lift_hold(
    entry bigint, reference text, person text, day text, at text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    held public.ledger_hold;
    place bigint;
BEGIN
    SELECT * INTO held FROM public.ledger_hold AS h
        WHERE h.entry = ledger_lift_hold.entry AND h.reference = ledger_lift_hold.reference
            AND h.lifted_by IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % is under no open hold %', entry, reference
            USING ERRCODE = 'check_violation';
    END IF;
    IF held.lift_proposed_by IS NULL THEN
        RAISE EXCEPTION 'nobody has proposed to lift this hold on entry %', entry
            USING ERRCODE = 'check_violation';
    END IF;
    IF held.lift_proposed_by = person THEN
        RAISE EXCEPTION 'a hold on entry % must be lifted by a second person', entry
            USING ERRCODE = 'check_violation';
    END IF;
    place := public.ledger_append(
        7,
        jsonb_build_object('day', day, 'entry', entry),
        jsonb_build_object('at', at, 'person', person, 'proposed_by', held.lift_proposed_by,
            'reference', reference)
    );
    UPDATE public.ledger_hold AS h SET lifted_by = place WHERE h.id = held.id;
    RETURN place;
END $$;

REVOKE ALL ON FUNCTION ledger_open_proposal(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_withdraw_sealing(bigint, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_propose_lifting(bigint, text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0005_finding")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(part) for part in (TABLES, GUARDS, ACTS)],
            state_operations=[
                migrations.AddField(
                    "Sealing", "id", models.BigIntegerField(primary_key=True, default=0), False
                ),
                migrations.AlterField("Sealing", "entry", models.BigIntegerField()),
                migrations.AddField("Sealing", "withdrawn_by", models.BigIntegerField(null=True)),
                migrations.AddField("Hold", "lift_proposed_by", models.TextField(null=True)),
            ],
        )
    ]
