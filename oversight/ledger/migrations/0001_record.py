"""The record's tables, the one function that appends, and the triggers that keep it append-only."""

from django.db import migrations, models

TABLES = """
CREATE TABLE ledger_kind (
    number integer PRIMARY KEY CHECK (number > 0),
    slug text NOT NULL UNIQUE,
    public_fields text[] NOT NULL,
    committed_fields text[] NOT NULL
);
COMMENT ON TABLE ledger_kind IS 'Kinds of event, as the rooms declare them in events.py.';

CREATE TABLE ledger_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    size bigint NOT NULL CHECK (size >= 0)
);
COMMENT ON TABLE ledger_head IS 'One row: how many entries there are. Its lock makes indexes gapless.';
INSERT INTO ledger_head (size) VALUES (0);

CREATE TABLE ledger_entry (
    index bigint PRIMARY KEY CHECK (index >= 0),
    kind integer NOT NULL REFERENCES ledger_kind (number),
    entry bytea NOT NULL CHECK (length(entry) <= 65535),
    leaf bytea GENERATED ALWAYS AS (sha256('\\x00'::bytea || entry)) STORED
);
CREATE INDEX ledger_entry_kind ON ledger_entry (kind, index);
COMMENT ON TABLE ledger_entry IS 'What anyone may read: canonical JSON, with a digest over the rest.';

CREATE TABLE ledger_secret (
    entry bigint PRIMARY KEY REFERENCES ledger_entry (index),
    key bytea CHECK (length(key) = 32),
    fields jsonb,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sealed_by bigint REFERENCES ledger_entry (index),
    CHECK ((key IS NULL) = (fields IS NULL)),
    CHECK ((key IS NULL) = (sealed_by IS NOT NULL))
);
COMMENT ON TABLE ledger_secret IS
    'The committed fields and the key that opens them; no service role may read it.';
"""

# HMAC-SHA-256 (RFC 2104) with a 32-byte key, from built-in functions; PostgreSQL has no XOR of
# bytea, so the key is taken as four 64-bit numbers.
CRYPTOGRAPHY = """
CREATE FUNCTION ledger_pad(key bytea, pad bigint) RETURNS bytea
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN int8send(('x' || encode(substr(key, 1, 8), 'hex'))::bit(64)::bigint # pad)
    || int8send(('x' || encode(substr(key, 9, 8), 'hex'))::bit(64)::bigint # pad)
    || int8send(('x' || encode(substr(key, 17, 8), 'hex'))::bit(64)::bigint # pad)
    || int8send(('x' || encode(substr(key, 25, 8), 'hex'))::bit(64)::bigint # pad)
    || int8send(pad) || int8send(pad) || int8send(pad) || int8send(pad);

-- In plpgsql, whose simple expressions are five times as fast as a nested SQL function.
CREATE FUNCTION ledger_hmac(key bytea, message text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    RETURN sha256(
        public.ledger_pad(key, x'5c5c5c5c5c5c5c5c'::bigint)
        || sha256(
            public.ledger_pad(key, x'3636363636363636'::bigint) || convert_to(message, 'UTF8')
        )
    );
END $$;

CREATE FUNCTION ledger_blind(key bytea, name text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    RETURN public.ledger_hmac(key, E'oversight-ledger/v1 blind\\n' || name);
END $$;

CREATE FUNCTION ledger_commit(key bytea, name text, value text) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
BEGIN
    RETURN public.ledger_hmac(
        public.ledger_blind(key, name),
        E'oversight-ledger/v1 value\\n' || name || E'\\n' || value
    );
END $$;

CREATE FUNCTION ledger_digest(key bytea, fields jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT encode(sha256(convert_to(
        E'oversight-ledger/v1 commitments\\n' || coalesce(string_agg(
            field.key || ' ' || encode(ledger_commit($1, field.key, field.value::text), 'hex')
            || E'\\n', '' ORDER BY field.key COLLATE "C"
        ), ''), 'UTF8')), 'hex')
    FROM jsonb_each(fields) AS field;
END;
"""

# RFC 8785 for what a leaf may hold: flat, ASCII names, text, whole numbers, lists of text.
CANONICAL = """
CREATE FUNCTION ledger_canonical_value(value jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    CASE jsonb_typeof(value)
        WHEN 'string', 'boolean', 'null' THEN RETURN value::text;
        WHEN 'number' THEN
            IF value::text ~ '^(0|-?[1-9][0-9]{0,14})$' THEN RETURN value::text; END IF;
        WHEN 'array' THEN
            IF NOT jsonb_path_exists(value, 'strict $[*] ? (@.type() != "string")') THEN
                RETURN '[' || coalesce((
                    SELECT string_agg(item::text, ',' ORDER BY place)
                    FROM jsonb_array_elements(value) WITH ORDINALITY AS items(item, place)
                ), '') || ']';
            END IF;
        ELSE NULL;
    END CASE;
    RAISE EXCEPTION 'public field of the record: % is neither text, a whole number, nor a list of texts',
        left(value::text, 80) USING ERRCODE = 'check_violation';
END $$;

CREATE FUNCTION ledger_canonical(fields jsonb) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT '{' || coalesce(string_agg(
        to_json(field.key)::text || ':' || ledger_canonical_value(field.value), ','
        ORDER BY field.key COLLATE "C"
    ), '') || '}'
    FROM jsonb_each(fields) AS field;
END;
"""

APPEND = """
CREATE FUNCTION ledger_check_fields(slug text, part text, declared text[], given jsonb) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    odd text;
BEGIN
    IF jsonb_typeof(given) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION '%: % fields must be a JSON object', slug, part
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT name INTO odd FROM unnest(declared) AS name WHERE NOT given ? name LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: % field % is missing; give it, or null', slug, part, odd
            USING ERRCODE = 'check_violation';
    END IF;
    SELECT name INTO odd FROM jsonb_object_keys(given) AS name WHERE name <> ALL (declared) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION '%: % field % is not declared in events.py', slug, part, odd
            USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION ledger_append(kind integer, public_fields jsonb, committed_fields jsonb)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.ledger_kind;
    secret bytea := sha256(
        uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
    );
    leaf_text text;
    place bigint;
BEGIN
    SELECT * INTO known FROM public.ledger_kind WHERE number = ledger_append.kind;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the record knows no kind of event %; declare it in events.py and migrate',
            ledger_append.kind USING ERRCODE = 'check_violation';
    END IF;
    PERFORM public.ledger_check_fields(known.slug, 'public', known.public_fields, public_fields);
    PERFORM public.ledger_check_fields(
        known.slug, 'committed', known.committed_fields, committed_fields);
    leaf_text := '{"commitment":"' || public.ledger_digest(secret, committed_fields)
        || '","event":' || to_json(known.slug) || ',"kind":' || known.number
        || ',"public":' || public.ledger_canonical(public_fields) || ',"v":1}';
    IF octet_length(convert_to(leaf_text, 'UTF8')) > 65535 THEN
        RAISE EXCEPTION '%: the entry has % bytes and may have 65535; commit the long field',
            known.slug, octet_length(convert_to(leaf_text, 'UTF8')) USING ERRCODE = 'check_violation';
    END IF;
    -- All work is done before this lock: it is held until the transaction ends.
    UPDATE public.ledger_head SET size = size + 1 RETURNING size - 1 INTO STRICT place;
    INSERT INTO public.ledger_entry (index, kind, entry)
        VALUES (place, known.number, convert_to(leaf_text, 'UTF8'));
    INSERT INTO public.ledger_secret (entry, key, fields) VALUES (place, secret, committed_fields);
    RETURN place;
END $$;
"""

# Narrow readers of the private part: the commitments, which tell nothing, and chosen fields.
READERS = """
CREATE FUNCTION ledger_commitments(index bigint)
RETURNS TABLE (name text, commitment bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT field.key, public.ledger_commit(secret.key, field.key, field.value::text)
    FROM public.ledger_secret AS secret, jsonb_each(secret.fields) AS field
    WHERE secret.entry = ledger_commitments.index ORDER BY field.key COLLATE "C"
$$;

CREATE FUNCTION ledger_open(index bigint, names text[])
RETURNS TABLE (name text, value text, blind bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT field.key, field.value::text, public.ledger_blind(secret.key, field.key)
    FROM public.ledger_secret AS secret, jsonb_each(secret.fields) AS field
    WHERE secret.entry = ledger_open.index AND field.key = ANY (names)
    ORDER BY field.key COLLATE "C"
$$;
"""

GUARDS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'the record only grows: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION ledger_guard_head() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NEW.size <> OLD.size + 1 THEN
        RAISE EXCEPTION 'the record only grows, by one: % after % is refused', NEW.size, OLD.size
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_guard_kind() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF (NEW.number, NEW.slug) IS DISTINCT FROM (OLD.number, OLD.slug) THEN
        RAISE EXCEPTION 'kind % is % for ever: entries carry it', OLD.number, OLD.slug
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE ON ledger_secret
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_secret
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER only_grows BEFORE UPDATE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_head();
CREATE TRIGGER never_deleted BEFORE DELETE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER same_for_ever BEFORE UPDATE ON ledger_kind
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_kind();
CREATE TRIGGER never_deleted BEFORE DELETE ON ledger_kind
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger_kind
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();

ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger_secret ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE ledger_secret ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER only_grows;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE ledger_head ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger_kind ENABLE ALWAYS TRIGGER same_for_ever;
ALTER TABLE ledger_kind ENABLE ALWAYS TRIGGER never_deleted;
ALTER TABLE ledger_kind ENABLE ALWAYS TRIGGER never_emptied;

REVOKE ALL ON ledger_kind, ledger_head, ledger_entry, ledger_secret FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_append(integer, jsonb, jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_commitments(bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION ledger_open(bigint, text[]) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                # There is no way back: a record that can be unmade is none.
                migrations.RunSQL(part)
                for part in (TABLES, CRYPTOGRAPHY, CANONICAL, APPEND, READERS, GUARDS)
            ],
            state_operations=[
                migrations.CreateModel(
                    "Head",
                    [
                        ("single", models.BooleanField(primary_key=True, default=True)),
                        ("size", models.BigIntegerField()),
                    ],
                    options={"db_table": "ledger_head", "managed": False},
                ),
                migrations.CreateModel(
                    "Entry",
                    [
                        ("index", models.BigIntegerField(primary_key=True)),
                        ("kind", models.IntegerField()),
                        ("entry", models.BinaryField()),
                        ("leaf", models.BinaryField()),
                    ],
                    options={"db_table": "ledger_entry", "managed": False, "ordering": ["index"]},
                ),
            ],
        ),
    ]
