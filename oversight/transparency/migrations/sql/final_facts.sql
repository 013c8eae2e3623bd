-- What is published stays as it was published: a correction is a row of its own.
CREATE FUNCTION transparency_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% keeps what was published: its rows are never changed or removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_edition
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse_change();
ALTER TABLE transparency_edition ENABLE ALWAYS TRIGGER facts_are_final;

CREATE TRIGGER facts_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transparency_earliersearch
    FOR EACH STATEMENT EXECUTE FUNCTION transparency_refuse_change();
ALTER TABLE transparency_earliersearch ENABLE ALWAYS TRIGGER facts_are_final;
