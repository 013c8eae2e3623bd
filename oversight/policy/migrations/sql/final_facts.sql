-- What was proposed, adopted, suspended and found stays as it was: nobody edits the law.
CREATE FUNCTION policy_refuse_change() RETURNS trigger
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
        'policy_proposal', 'policy_adoption', 'policy_suspension', 'policy_lifting',
        'policy_replayrun', 'policy_replayresult'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
            ' FOR EACH STATEMENT EXECUTE FUNCTION policy_refuse_change()', fact);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER facts_are_final', fact);
    END LOOP;
END $$;
