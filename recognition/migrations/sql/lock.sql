-- The lock on the gallery: two functions, two transactions (docs/decisions/0050).
-- RC001 unknown, RC002 expired, RC003 other probe, RC004 unfit vector, RC005 already opened,
-- RC006 has failed or run, RC007 recalled, RC010 not opened, RC011 its opening is not committed.

CREATE FUNCTION open_search(permit uuid, probe_digest text, probe_vector public.halfvec)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    permitted recognition_authorization;
    model recognition_model;
BEGIN
    SELECT * INTO permitted FROM recognition_authorization WHERE id = permit FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such authorization' USING ERRCODE = 'RC001';
    END IF;
    IF EXISTS (SELECT FROM recognition_opening WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the authorization has been used' USING ERRCODE = 'RC005';
    END IF;
    IF EXISTS (SELECT FROM recognition_failure WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the search has failed for good' USING ERRCODE = 'RC006';
    END IF;
    IF EXISTS (SELECT FROM recognition_recall WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the authorization was recalled' USING ERRCODE = 'RC007';
    END IF;
    -- The clock, not the start of the transaction, which the caller chooses.
    IF permitted.expires_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'the authorization has expired' USING ERRCODE = 'RC002';
    END IF;
    IF permitted.probe_sha256 IS DISTINCT FROM probe_digest THEN
        RAISE EXCEPTION 'the authorization is for another probe' USING ERRCODE = 'RC003';
    END IF;
    SELECT * INTO STRICT model FROM recognition_model WHERE id = permitted.model_id;
    IF recognition_vector_fits(model, probe_vector) IS NOT TRUE THEN
        RAISE EXCEPTION 'the vector does not fit the model' USING ERRCODE = 'RC004';
    END IF;
    INSERT INTO recognition_opening (authorization_id, vector_sha256, opened_by)
        VALUES (permit, encode(sha256(halfvec_send(probe_vector)), 'hex'), pg_current_xact_id());
    INSERT INTO recognition_openingvector (opening_id, vector) VALUES (permit, probe_vector);
END $$;

CREATE TYPE recognition_match AS (image_id bigint, subject_id bigint, distance double precision);

-- One pass over every template in scope, from one snapshot. `content` is a digest of which images
-- were there, whatever their order. RETURN QUERY of an aggregate may use parallel workers.
CREATE FUNCTION recognition_compare(
    gallery bigint, model public.recognition_model, probe public.halfvec)
RETURNS TABLE (compared bigint, content bigint, matches recognition_match[], seen pg_snapshot)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET jit = off
SET max_parallel_workers_per_gather = 4 AS $$
BEGIN
    IF model.metric = 'l2' THEN
        RETURN QUERY SELECT count(*), bit_xor(hashint8extended(image_id, 0)),
            array_agg((image_id, subject_id, embedding <-> probe)::recognition_match)
                FILTER (WHERE embedding <-> probe <= model.candidate),
            pg_current_snapshot()
        FROM recognition_template WHERE gallery_id = gallery AND model_id = model.id;
    ELSE
        RETURN QUERY SELECT count(*), bit_xor(hashint8extended(image_id, 0)),
            array_agg((image_id, subject_id, embedding <=> probe)::recognition_match)
                FILTER (WHERE embedding <=> probe <= 1 - model.candidate),
            pg_current_snapshot()
        FROM recognition_template WHERE gallery_id = gallery AND model_id = model.id;
    END IF;
END $$;

-- The band's name (recognition.engines.Band); pgvector's cosine distance is one less the cosine.
CREATE FUNCTION recognition_band(model public.recognition_model, distance double precision)
RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE
        WHEN distance <= CASE model.metric WHEN 'l2' THEN model.strong ELSE 1 - model.strong END
            THEN 'strong_support'
        WHEN distance <= CASE model.metric WHEN 'l2' THEN model.limited ELSE 1 - model.limited END
            THEN 'limited_support'
        ELSE 'weak_support' END
$$;

CREATE FUNCTION run_search(permit uuid) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    started timestamptz := clock_timestamp();
    permitted recognition_authorization;
    opened recognition_opening;
    model recognition_model;
    outcome record;
    ranked recognition_match[];
    this uuid;
BEGIN
    SELECT * INTO permitted FROM recognition_authorization WHERE id = permit FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such authorization' USING ERRCODE = 'RC001';
    END IF;
    SELECT id INTO this FROM recognition_run WHERE authorization_id = permit;
    IF FOUND THEN RETURN this; END IF;
    IF EXISTS (SELECT FROM recognition_failure WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the search has failed for good' USING ERRCODE = 'RC006';
    END IF;
    SELECT * INTO opened FROM recognition_opening WHERE authorization_id = permit;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the authorization was not opened' USING ERRCODE = 'RC010';
    END IF;
    -- Else a rollback would take the opening back after the candidates were read.
    IF opened.opened_by = pg_current_xact_id()
        OR pg_xact_status(opened.opened_by) IS DISTINCT FROM 'committed' THEN
        RAISE EXCEPTION 'the opening is not committed; run the search in a later transaction'
            USING ERRCODE = 'RC011';
    END IF;
    SELECT * INTO STRICT model FROM recognition_model WHERE id = permitted.model_id;
    SELECT * INTO STRICT outcome FROM recognition_compare(permitted.gallery_id, model,
        (SELECT vector FROM recognition_openingvector WHERE opening_id = permit));
    -- Each subject once, by the photograph that is nearest; equal distances by the image's number.
    ranked := ARRAY(
        SELECT (image_id, subject_id, distance)::recognition_match FROM (
            SELECT DISTINCT ON (subject_id) * FROM unnest(outcome.matches)
            ORDER BY subject_id, distance, image_id) AS nearest
        ORDER BY distance, image_id LIMIT permitted.candidate_limit);
    INSERT INTO recognition_run (id, authorization_id, started_at, finished_at, templates_compared,
        gallery_digest, model_sha256, candidates_sha256, candidate_count, snapshot)
    SELECT gen_random_uuid(), permit, started, clock_timestamp(), outcome.compared,
        encode(sha256(convert_to(format('oversight gallery v1: %s, model %s, %s templates, %s',
            gallery.slug, model.pack_sha256, outcome.compared, coalesce(outcome.content, 0)),
            'UTF8')), 'hex'),
        model.pack_sha256,
        encode(sha256(convert_to(coalesce((
            SELECT string_agg(format('%s %s %s', match.rank, match.image_id, match.distance),
                E'\n' ORDER BY match.rank)
            FROM unnest(ranked) WITH ORDINALITY AS match(image_id, subject_id, distance, rank)),
            ''), 'UTF8')), 'hex'),
        cardinality(ranked), outcome.seen
    FROM recognition_gallery gallery WHERE gallery.id = permitted.gallery_id
    RETURNING id INTO STRICT this;
    INSERT INTO recognition_candidate (id, run_id, rank, subject_id, image_id, distance, band)
    SELECT gen_random_uuid(), this, match.rank, match.subject_id, match.image_id, match.distance,
        recognition_band(model, match.distance)
    FROM unnest(ranked) WITH ORDINALITY AS match(image_id, subject_id, distance, rank);
    RETURN this;
END $$;
