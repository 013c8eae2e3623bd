-- Templates are written blind: the enroller inserts, and this trigger checks what it cannot read.

ALTER TABLE recognition_template ALTER embedding SET STORAGE PLAIN, ALTER embedding SET STATISTICS 0;
ALTER TABLE recognition_openingvector ALTER vector SET STATISTICS 0;
ALTER TABLE recognition_probeimage ALTER ciphertext SET STORAGE EXTERNAL;
ALTER TABLE recognition_sealedphotograph ALTER ciphertext SET STORAGE EXTERNAL;

CREATE FUNCTION recognition_vector_fits(model public.recognition_model, vector public.halfvec)
RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT vector_dims(vector) = model.dimension AND (model.metric <> 'cosine' OR l2_norm(vector) > 0)
$$;

CREATE FUNCTION recognition_check_templates() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wrong bigint;
BEGIN
    SELECT fresh.image_id INTO wrong
    FROM fresh
    LEFT JOIN recognition_model model ON model.id = fresh.model_id
    LEFT JOIN recognition_image image ON image.id = fresh.image_id
    WHERE model.id IS NULL OR NOT recognition_vector_fits(model, fresh.embedding)
        OR (image.subject_id, image.gallery_id) IS DISTINCT FROM (fresh.subject_id, fresh.gallery_id)
        OR fresh.inserted_by <> pg_current_xact_id()
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'the template of image % does not fit its model, its image or this transaction',
            wrong USING ERRCODE = 'RC004';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER fits AFTER INSERT ON recognition_template REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION recognition_check_templates();
ALTER TABLE recognition_template ENABLE ALWAYS TRIGGER fits;

CREATE FUNCTION recognition_check_image() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.recognition_subject subject
                   WHERE subject.id = NEW.subject_id AND subject.gallery_id = NEW.gallery_id
                     AND subject.reference IS NOT NULL) THEN
        RAISE EXCEPTION 'the image''s subject is not in this gallery' USING ERRCODE = 'RC004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER belongs BEFORE INSERT ON recognition_image
    FOR EACH ROW EXECUTE FUNCTION recognition_check_image();
ALTER TABLE recognition_image ENABLE ALWAYS TRIGGER belongs;

-- How many templates, never which.
CREATE FUNCTION recognition_template_counts()
RETURNS TABLE (gallery_id bigint, model_id bigint, templates bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT template.gallery_id, template.model_id, count(*)
    FROM public.recognition_template template GROUP BY 1, 2
$$;

-- Take a subject out: templates, photographs and reference go, a row that says so stays.
CREATE FUNCTION recognition_expunge(gallery text, reference text, authority text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    gone bigint;
    receipt bigint;
BEGIN
    IF coalesce(btrim(authority), '') = '' THEN
        RAISE EXCEPTION 'an expungement names the order or rule that asks it' USING ERRCODE = 'RC004';
    END IF;
    SELECT subject.id INTO gone FROM public.recognition_subject subject
        JOIN public.recognition_gallery held ON held.id = subject.gallery_id
        WHERE held.slug = recognition_expunge.gallery
            AND subject.reference = recognition_expunge.reference
        FOR UPDATE OF subject;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such subject in this gallery' USING ERRCODE = 'RC001';
    END IF;
    INSERT INTO public.recognition_expungement (subject_id, authority, images, templates)
        SELECT gone, btrim(recognition_expunge.authority),
            (SELECT count(*) FROM public.recognition_image WHERE subject_id = gone),
            (SELECT count(*) FROM public.recognition_template WHERE subject_id = gone)
        RETURNING id INTO receipt;
    DELETE FROM public.recognition_template WHERE subject_id = gone;
    DELETE FROM public.recognition_sealedphotograph photograph
        USING public.recognition_image image
        WHERE image.id = photograph.image_id AND image.subject_id = gone;
    DELETE FROM public.recognition_image WHERE subject_id = gone;
    UPDATE public.recognition_subject SET reference = NULL WHERE id = gone;
    RETURN receipt;
END $$;
