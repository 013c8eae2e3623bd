-- The machine's own acts enter the record in the transaction of the act. Recognition knows no
-- record, and no process can leave the entry out: the kinds are those of requests/events.py.

CREATE FUNCTION requests_public_fields(of_authorization uuid, at timestamptz) RETURNS jsonb
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_object(
        'agency', r.agency_id, 'day', to_char(at AT TIME ZONE g.time_zone, 'YYYY-MM-DD'))
    FROM requests_permission p
    JOIN requests_submission s ON s.id = p.submission_id
    JOIN requests_searchrequest r ON r.id = s.request_id
    JOIN people_agency g ON g.slug = r.agency_id
    WHERE p.authorization_id = of_authorization
$$;

CREATE FUNCTION requests_record_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM ledger_append(400, requests_public_fields(NEW.authorization_id, NEW.opened_at),
        jsonb_build_object('authorization', NEW.authorization_id, 'vector_digest', NEW.vector_sha256,
                           'at', NEW.opened_at));
    RETURN NULL;
END $$;
CREATE TRIGGER record AFTER INSERT ON recognition_opening
    FOR EACH ROW EXECUTE FUNCTION requests_record_opening();
ALTER TABLE recognition_opening ENABLE ALWAYS TRIGGER record;

CREATE FUNCTION requests_record_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM ledger_append(401, requests_public_fields(NEW.authorization_id, NEW.finished_at),
        jsonb_build_object('authorization', NEW.authorization_id, 'run', NEW.id,
                           'candidates_digest', NEW.candidates_sha256, 'at', NEW.finished_at));
    RETURN NULL;
END $$;
CREATE TRIGGER record AFTER INSERT ON recognition_run
    FOR EACH ROW EXECUTE FUNCTION requests_record_run();
ALTER TABLE recognition_run ENABLE ALWAYS TRIGGER record;

CREATE FUNCTION requests_record_failure() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM ledger_append(402, requests_public_fields(NEW.authorization_id, NEW.failed_at),
        jsonb_build_object('authorization', NEW.authorization_id, 'code', NEW.code,
                           'at', NEW.failed_at));
    RETURN NULL;
END $$;
CREATE TRIGGER record AFTER INSERT ON recognition_failure
    FOR EACH ROW EXECUTE FUNCTION requests_record_failure();
ALTER TABLE recognition_failure ENABLE ALWAYS TRIGGER record;
