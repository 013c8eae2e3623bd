-- Facts are inserted once. These triggers refuse all else, to every role and in replication too.
-- The one exception is expungement: a row may go in the transaction that records its subject's.

CREATE FUNCTION recognition_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is closed to %: what was recorded stays as it was', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'RC000';
END $$;

CREATE FUNCTION recognition_being_expunged(subject bigint) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM public.recognition_expungement
        WHERE subject_id = subject AND expunged_by = pg_current_xact_id())
$$;

CREATE FUNCTION recognition_only_expunge() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    subject bigint;
BEGIN
    CASE TG_TABLE_NAME
        WHEN 'recognition_subject' THEN
            IF TG_OP = 'UPDATE' AND NEW.reference IS NULL AND OLD.reference IS NOT NULL
                AND (NEW.id, NEW.gallery_id, NEW.enrolled_at)
                    = (OLD.id, OLD.gallery_id, OLD.enrolled_at)
                AND public.recognition_being_expunged(OLD.id)
            THEN RETURN NEW; END IF;
        WHEN 'recognition_sealedphotograph' THEN
            SELECT subject_id INTO subject FROM public.recognition_image WHERE id = OLD.image_id;
        ELSE subject := OLD.subject_id;
    END CASE;
    IF TG_OP = 'DELETE' AND subject IS NOT NULL AND public.recognition_being_expunged(subject) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is closed to %: what was recorded stays as it was', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'RC000';
END $$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'model', 'activation', 'gallery', 'enrolmentbatch', 'enrolmentline', 'expungement',
        'probe', 'probeimage', 'inspection', 'authorization', 'handover', 'opening',
        'openingvector', 'run', 'candidate', 'recall', 'failure']
    LOOP
        EXECUTE format(
            'CREATE TRIGGER closed BEFORE UPDATE OR DELETE OR TRUNCATE ON recognition_%s
             FOR EACH STATEMENT EXECUTE FUNCTION recognition_refuse_change()', name);
        EXECUTE format('ALTER TABLE recognition_%s ENABLE ALWAYS TRIGGER closed', name);
    END LOOP;
    FOREACH name IN ARRAY ARRAY['subject', 'image', 'sealedphotograph', 'template'] LOOP
        EXECUTE format(
            'CREATE TRIGGER closed BEFORE UPDATE OR DELETE ON recognition_%s
             FOR EACH ROW EXECUTE FUNCTION recognition_only_expunge()', name);
        EXECUTE format(
            'CREATE TRIGGER never_empty BEFORE TRUNCATE ON recognition_%s
             FOR EACH STATEMENT EXECUTE FUNCTION recognition_refuse_change()', name);
        EXECUTE format('ALTER TABLE recognition_%s ENABLE ALWAYS TRIGGER closed', name);
        EXECUTE format('ALTER TABLE recognition_%s ENABLE ALWAYS TRIGGER never_empty', name);
    END LOOP;
END $$;
