"""Sealing: two people destroy the key to an entry, on a legal basis, unless a hold forbids it."""

from django.db import migrations

TABLES = """
CREATE TABLE ledger_hold (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry bigint NOT NULL REFERENCES ledger_entry (index),
    reference text NOT NULL CHECK (reference <> ''),
    placed_by bigint NOT NULL UNIQUE REFERENCES ledger_entry (index),
    lifted_by bigint UNIQUE REFERENCES ledger_entry (index)
);
CREATE UNIQUE INDEX ledger_hold_once ON ledger_hold (entry, reference) WHERE lifted_by IS NULL;
COMMENT ON TABLE ledger_hold IS 'A legal hold: while one is open, the entry cannot be sealed.';

CREATE TABLE ledger_sealing (
    entry bigint PRIMARY KEY REFERENCES ledger_entry (index),
    basis text NOT NULL CHECK (basis <> '' AND length(basis) <= 300),
    proposed_by text NOT NULL CHECK (proposed_by <> ''),
    proposed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    confirmed_by text CHECK (confirmed_by <> proposed_by),
    sealed_by bigint UNIQUE REFERENCES ledger_entry (index),
    CHECK ((confirmed_by IS NULL) = (sealed_by IS NULL))
);
COMMENT ON TABLE ledger_sealing IS 'Who proposed to destroy an entry''s key, and who confirmed it.';
REVOKE ALL ON ledger_hold, ledger_sealing FROM PUBLIC;
"""

GUARDS = """
CREATE FUNCTION ledger_guard_secret() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.key IS NULL OR NEW.key IS NOT NULL OR NEW.fields IS NOT NULL
        OR (NEW.entry, NEW.recorded_at) IS DISTINCT FROM (OLD.entry, OLD.recorded_at)
        OR NOT EXISTS (
            SELECT FROM public.ledger_sealing AS s JOIN public.ledger_entry AS e ON e.index = s.sealed_by
            WHERE s.entry = OLD.entry AND s.sealed_by = NEW.sealed_by AND e.kind = 2
        )
        OR EXISTS (
            SELECT FROM public.ledger_hold WHERE entry = OLD.entry AND lifted_by IS NULL
        )
    THEN
        RAISE EXCEPTION 'the record only grows: % on % is refused', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_guard_sealing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.sealed_by IS NOT NULL
        OR (NEW.entry, NEW.proposed_by) IS DISTINCT FROM (OLD.entry, OLD.proposed_by)
    THEN
        RAISE EXCEPTION 'a sealing is never undone: entry % is refused', OLD.entry
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_guard_hold() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF OLD.lifted_by IS NOT NULL OR NEW.lifted_by IS NULL
        OR (NEW.entry, NEW.reference, NEW.placed_by)
            IS DISTINCT FROM (OLD.entry, OLD.reference, OLD.placed_by)
    THEN
        RAISE EXCEPTION 'a hold is placed and lifted, nothing else: entry % is refused', OLD.entry
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER only_grows ON ledger_secret;
CREATE TRIGGER only_sealed BEFORE UPDATE ON ledger_secret
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_secret();
CREATE TRIGGER never_deleted BEFORE DELETE ON ledger_secret
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_undone BEFORE UPDATE ON ledger_sealing
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_sealing();
CREATE TRIGGER never_deleted BEFORE DELETE ON ledger_sealing
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_sealing
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER only_lifted BEFORE UPDATE ON ledger_hold
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_hold();
CREATE TRIGGER never_deleted BEFORE DELETE ON ledger_hold
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_hold
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

ALTER TABLE ledger_secret ENABLE ALWAYS TRIGGER only_sealed;
ALTER TABLE ledger_secret ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE ledger_sealing ENABLE ALWAYS TRIGGER never_undone;
ALTER TABLE ledger_sealing ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE ledger_sealing ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger_hold ENABLE ALWAYS TRIGGER only_lifted;
ALTER TABLE ledger_hold ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE ledger_hold ENABLE ALWAYS TRIGGER never_emptied;
"""

# Each of these takes the entry's row first, so that a hold and a sealing cannot cross.
ACTS = """
CREATE FUNCTION ledger_take(entry bigint) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    secret public.ledger_secret;
BEGIN
    SELECT * INTO secret FROM public.ledger_secret AS s WHERE s.entry = ledger_take.entry FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no entry %', ledger_take.entry USING ERRCODE = 'check_violation';
    END IF;
    IF secret.key IS NULL THEN
        RAISE EXCEPTION 'entry % is sealed already, by entry %', secret.entry, secret.sealed_by
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION ledger_propose_sealing(entry bigint, basis text, person text) RETURNS void
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
    INSERT INTO public.ledger_sealing AS s (entry, basis, proposed_by) VALUES (entry, basis, person)
    ON CONFLICT ON CONSTRAINT ledger_sealing_pkey DO UPDATE
        SET basis = excluded.basis, proposed_at = clock_timestamp()
        WHERE s.proposed_by = excluded.proposed_by;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'someone else has proposed to seal entry % already; confirm it instead', entry
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION ledger_confirm_sealing(entry bigint, person text, day text, at text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    proposal public.ledger_sealing;
    place bigint;
BEGIN
    PERFORM public.ledger_take(entry);
    SELECT * INTO proposal FROM public.ledger_sealing AS s
        WHERE s.entry = ledger_confirm_sealing.entry FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody has proposed to seal entry %', entry USING ERRCODE = 'check_violation';
    END IF;
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
        WHERE s.entry = ledger_confirm_sealing.entry;
    UPDATE public.ledger_secret AS s SET key = NULL, fields = NULL, sealed_by = place
        WHERE s.entry = ledger_confirm_sealing.entry;
    RETURN place;
END $$;

CREATE FUNCTION ledger_place_hold(entry bigint, reference text, person text, day text, at text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    place bigint;
BEGIN
    PERFORM public.ledger_take(entry);
    place := public.ledger_append(
        6,
        jsonb_build_object('day', day, 'entry', entry),
        jsonb_build_object('at', at, 'person', person, 'reference', reference)
    );
    INSERT INTO public.ledger_hold (entry, reference, placed_by) VALUES (entry, reference, place);
    RETURN place;
END $$;

CREATE FUNCTION ledger_lift_hold(entry bigint, reference text, person text, day text, at text)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    place bigint;
BEGIN
    place := public.ledger_append(
        7,
        jsonb_build_object('day', day, 'entry', entry),
        jsonb_build_object('at', at, 'person', person, 'reference', reference)
    );
    UPDATE public.ledger_hold AS h SET lifted_by = place
        WHERE h.entry = ledger_lift_hold.entry AND h.reference = ledger_lift_hold.reference
            AND h.lifted_by IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'entry % is under no open hold %', entry, reference
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN place;
END $$;

REVOKE ALL ON FUNCTION ledger_take(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_propose_sealing(bigint, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_confirm_sealing(bigint, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_place_hold(bigint, text, text, text, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_lift_hold(bigint, text, text, text, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_record")]
    operations = [migrations.RunSQL(part) for part in (TABLES, GUARDS, ACTS)]
