-- What changes in the galleries enters the record too: who may be found is decided there.

CREATE FUNCTION requests_gallery_system(of_gallery bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT slug FROM recognition_gallery WHERE id = of_gallery
$$;

CREATE FUNCTION requests_record_gallery() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    today text := to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD');
BEGIN
    CASE TG_TABLE_NAME
    WHEN 'recognition_gallery' THEN
        PERFORM ledger_append(410, jsonb_build_object('day', today, 'system', NEW.slug),
            jsonb_build_object('gallery', NEW.id, 'at', clock_timestamp()));
    WHEN 'recognition_enrolmentbatch' THEN
        PERFORM ledger_append(411,
            jsonb_build_object('day', today, 'system', requests_gallery_system(NEW.gallery_id)),
            jsonb_build_object('batch', NEW.id, 'manifest', NEW.manifest_sha256,
                               'lines', NEW.lines, 'at', clock_timestamp()));
    WHEN 'recognition_activation' THEN
        PERFORM ledger_append(412, jsonb_build_object('day', today),
            jsonb_build_object('activation', NEW.id, 'model', NEW.model_id, 'at', clock_timestamp()));
    WHEN 'recognition_expungement' THEN
        PERFORM ledger_append(413,
            jsonb_build_object('day', today, 'system', requests_gallery_system(
                (SELECT gallery_id FROM recognition_subject WHERE id = NEW.subject_id))),
            jsonb_build_object('expungement', NEW.id, 'at', clock_timestamp()));
    END CASE;
    RETURN NULL;
END $$;

DO $$
DECLARE
    fact text;
BEGIN
    FOREACH fact IN ARRAY ARRAY['recognition_gallery', 'recognition_enrolmentbatch',
                                'recognition_activation', 'recognition_expungement'] LOOP
        EXECUTE format('CREATE TRIGGER record AFTER INSERT ON %I'
                       ' FOR EACH ROW EXECUTE FUNCTION requests_record_gallery()', fact);
        EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER record', fact);
    END LOOP;
END $$;
