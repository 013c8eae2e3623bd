"""Entries are appended many at once as well: hashed before the lock, under one lock, in three statements."""

from django.db import migrations

APPEND = """
-- Which entry, counted from 1, does not have exactly the fields of its kind; null where all do.
CREATE FUNCTION ledger_first_odd(declared text[], given jsonb[]) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT min(place) FROM unnest(given) WITH ORDINALITY AS items(item, place)
    WHERE CASE jsonb_typeof(item)
        WHEN 'object' THEN NOT item ?& declared OR item - declared <> '{}' ELSE true END
$$;

CREATE FUNCTION ledger_append_all(kind integer, public_fields jsonb[], committed_fields jsonb[])
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.ledger_kind;
    many bigint := cardinality(public_fields);
    odd bigint;
    secrets bytea[];
    leaves bytea[];
    first bigint;
BEGIN
    IF many = 0 OR many IS DISTINCT FROM cardinality(committed_fields) THEN
        RAISE EXCEPTION 'give public and committed fields of the same entries, one at least'
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO known FROM public.ledger_kind WHERE number = ledger_append_all.kind;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the record knows no kind of event %; declare it in events.py and migrate',
            ledger_append_all.kind USING ERRCODE = 'check_violation';
    END IF;
    odd := public.ledger_first_odd(known.public_fields, public_fields);
    IF odd IS NOT NULL THEN
        PERFORM public.ledger_check_fields(
            known.slug, 'public', known.public_fields, public_fields[odd]);
    END IF;
    odd := public.ledger_first_odd(known.committed_fields, committed_fields);
    IF odd IS NOT NULL THEN
        PERFORM public.ledger_check_fields(
            known.slug, 'committed', known.committed_fields, committed_fields[odd]);
    END IF;
    secrets := ARRAY(
        SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
            || uuid_send(gen_random_uuid()))
        FROM generate_series(1, many));
    leaves := ARRAY(
        SELECT convert_to('{"commitment":"' || public.ledger_digest(secret, committed)
            || '","event":' || to_json(known.slug) || ',"kind":' || known.number
            || ',"public":' || public.ledger_canonical(shown) || ',"v":1}', 'UTF8')
        FROM unnest(secrets, public_fields, committed_fields)
            WITH ORDINALITY AS items(secret, shown, committed, place)
        ORDER BY place);
    SELECT length(leaf) INTO odd FROM unnest(leaves) AS leaf WHERE length(leaf) > 65535 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: the entry has % bytes and may have 65535; commit the long field',
            known.slug, odd USING ERRCODE = 'check_violation';
    END IF;
    -- All work is done before this lock: it is held until the transaction ends.
    SELECT size INTO STRICT first FROM public.ledger_head FOR UPDATE;
    INSERT INTO public.ledger_entry (index, kind, entry)
        SELECT first + place - 1, known.number, leaf
        FROM unnest(leaves) WITH ORDINALITY AS items(leaf, place) ORDER BY place;
    INSERT INTO public.ledger_secret (entry, key, fields)
        SELECT first + place - 1, secret, committed
        FROM unnest(secrets, committed_fields)
            WITH ORDINALITY AS items(secret, committed, place) ORDER BY place;
    UPDATE public.ledger_head SET size = first + many;
    RETURN first;
END $$;
REVOKE ALL ON FUNCTION ledger_append_all(integer, jsonb[], jsonb[]) FROM PUBLIC;

-- One entry is a batch of one.
CREATE OR REPLACE FUNCTION ledger_append(kind integer, public_fields jsonb, committed_fields jsonb)
RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT public.ledger_append_all(kind, ARRAY[public_fields], ARRAY[committed_fields]) $$;

CREATE OR REPLACE FUNCTION ledger_guard_head() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.size <= OLD.size OR NEW.size <> (SELECT max(index) + 1 FROM public.ledger_entry) THEN
        RAISE EXCEPTION 'the record only grows, with its entries: % after % is refused',
            NEW.size, OLD.size USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_closing")]
    operations = [migrations.RunSQL(APPEND)]  # no way back: entries were appended through it
