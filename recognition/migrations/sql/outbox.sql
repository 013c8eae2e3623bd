-- What may be authorized, what may fail, and what is due. Whoever inserts is held to the same.

CREATE FUNCTION recognition_check_authorization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    seen public.recognition_inspection;
BEGIN
    IF NOT EXISTS (SELECT FROM public.recognition_probe probe
                   WHERE probe.id = NEW.probe_id AND probe.sha256 = NEW.probe_sha256) THEN
        RAISE EXCEPTION 'the probe has another digest' USING ERRCODE = 'RC003';
    END IF;
    SELECT * INTO seen FROM public.recognition_inspection WHERE probe_id = NEW.probe_id;
    IF NOT FOUND OR seen.refusal <> ''
        OR (seen.faces -> NEW.face_index::integer -> 'comparable') IS DISTINCT FROM 'true'::jsonb THEN
        RAISE EXCEPTION 'the probe was not accepted, or has no such face to compare'
            USING ERRCODE = 'RC004';
    END IF;
    IF NEW.expires_at <= clock_timestamp() THEN
        RAISE EXCEPTION 'the authorization has expired already' USING ERRCODE = 'RC002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sound BEFORE INSERT ON recognition_authorization
    FOR EACH ROW EXECUTE FUNCTION recognition_check_authorization();
ALTER TABLE recognition_authorization ENABLE ALWAYS TRIGGER sound;

-- A search ends once: run, failed or recalled, and recalled only before it is opened.
CREATE FUNCTION recognition_check_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    permit uuid := NEW.authorization_id;
BEGIN
    -- In line with open_search and run_search, which take the same lock.
    PERFORM FROM public.recognition_authorization WHERE id = permit FOR UPDATE;
    IF EXISTS (SELECT FROM public.recognition_run WHERE authorization_id = permit)
        OR EXISTS (SELECT FROM public.recognition_failure WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the search has failed or run' USING ERRCODE = 'RC006';
    END IF;
    IF EXISTS (SELECT FROM public.recognition_recall WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the authorization was recalled' USING ERRCODE = 'RC007';
    END IF;
    IF TG_TABLE_NAME = 'recognition_recall'
        AND EXISTS (SELECT FROM public.recognition_opening WHERE authorization_id = permit) THEN
        RAISE EXCEPTION 'the authorization has been used' USING ERRCODE = 'RC005';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sound BEFORE INSERT ON recognition_failure
    FOR EACH ROW EXECUTE FUNCTION recognition_check_end();
ALTER TABLE recognition_failure ENABLE ALWAYS TRIGGER sound;
CREATE TRIGGER sound BEFORE INSERT ON recognition_recall
    FOR EACH ROW EXECUTE FUNCTION recognition_check_end();
ALTER TABLE recognition_recall ENABLE ALWAYS TRIGGER sound;

-- Wakes whoever listens: the word in TG_ARGV[0] and the id of the probe or the authorization.
CREATE FUNCTION recognition_announce() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_notify('recognition_work', TG_ARGV[0] || ' ' || (to_jsonb(NEW) ->> TG_ARGV[1]));
    RETURN NULL;
END $$;
CREATE TRIGGER announced AFTER INSERT ON recognition_probe
    FOR EACH ROW EXECUTE FUNCTION recognition_announce('probe', 'id');
CREATE TRIGGER announced AFTER INSERT ON recognition_inspection
    FOR EACH ROW EXECUTE FUNCTION recognition_announce('inspection', 'probe_id');
CREATE TRIGGER announced AFTER INSERT ON recognition_authorization
    FOR EACH ROW EXECUTE FUNCTION recognition_announce('authorization', 'id');
CREATE TRIGGER announced AFTER INSERT ON recognition_run
    FOR EACH ROW EXECUTE FUNCTION recognition_announce('run', 'authorization_id');
CREATE TRIGGER announced AFTER INSERT ON recognition_failure
    FOR EACH ROW EXECUTE FUNCTION recognition_announce('failure', 'authorization_id');

-- Locked until the transaction ends, what another relay holds skipped. As functions of the owner,
-- since a row lock asks for the right to update, which nobody has.
CREATE FUNCTION recognition_due_searches(resend_after interval, most integer) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT permit.id FROM public.recognition_authorization permit
    WHERE permit.expires_at > clock_timestamp() - interval '7 days'
        AND (permit.expires_at > clock_timestamp() OR EXISTS (
            SELECT FROM public.recognition_opening WHERE authorization_id = permit.id))
        AND NOT EXISTS (SELECT FROM public.recognition_run WHERE authorization_id = permit.id)
        AND NOT EXISTS (SELECT FROM public.recognition_failure WHERE authorization_id = permit.id)
        AND NOT EXISTS (SELECT FROM public.recognition_recall WHERE authorization_id = permit.id)
        AND NOT EXISTS (SELECT FROM public.recognition_handover
            WHERE authorization_id = permit.id AND handed_over_at > clock_timestamp() - resend_after)
    ORDER BY permit.created_at, permit.id LIMIT most FOR UPDATE OF permit SKIP LOCKED
$$;

CREATE FUNCTION recognition_due_inspections(resend_after interval, most integer)
RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT probe.id FROM public.recognition_probe probe
    WHERE probe.received_at > clock_timestamp() - interval '1 day'
        AND NOT EXISTS (SELECT FROM public.recognition_inspection WHERE probe_id = probe.id)
        AND NOT EXISTS (SELECT FROM public.recognition_handover
            WHERE probe_id = probe.id AND handed_over_at > clock_timestamp() - resend_after)
    ORDER BY probe.received_at, probe.id LIMIT most FOR UPDATE OF probe SKIP LOCKED
$$;
