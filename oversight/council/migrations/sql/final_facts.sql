-- Facts are rows that nobody changes. Each migration that adds tables of facts closes them:
-- SELECT council_close_facts(ARRAY['council_technology']);
CREATE FUNCTION council_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% keeps what happened: its rows are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION council_close_facts(facts text[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY facts LOOP
        EXECUTE format(
            'CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION council_refuse_change()', fact);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER facts_are_final', fact);
    END LOOP;
END $$;
