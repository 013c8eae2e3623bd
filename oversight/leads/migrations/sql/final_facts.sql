-- Facts are rows that nobody changes: not even the owner, short of taking the triggers away,
-- which the published record exposes.
CREATE FUNCTION leads_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% keeps what happened: its rows are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

DO $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY ARRAY[
        'leads_comparison', 'leads_examination', 'leads_release', 'leads_viewing',
        'leads_judgement', 'leads_conclusion', 'leads_result', 'leads_acknowledgement'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION leads_refuse_change()', fact);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER facts_are_final', fact);
    END LOOP;
END $$;
