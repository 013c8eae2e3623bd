-- Each link of the chain is checked where the next one is inserted. The functions run as
-- their owner: a worker may not read a request, yet may not search without one.

CREATE FUNCTION requests_check_sign_off() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    ask record;
BEGIN
    SELECT s.request_id, s.sequence, r.requester_id INTO STRICT ask
    FROM requests_submission s JOIN requests_searchrequest r ON r.id = s.request_id
    WHERE s.id = NEW.submission_id;
    IF NEW.supervisor_id = ask.requester_id THEN
        RAISE EXCEPTION 'Nobody signs off their own request' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM requests_submission
               WHERE request_id = ask.request_id AND sequence > ask.sequence)
       OR EXISTS (SELECT FROM requests_withdrawal WHERE request_id = ask.request_id) THEN
        RAISE EXCEPTION 'This submission was replaced or withdrawn' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM requests_decision WHERE submission_id = NEW.submission_id
                   AND action = 'submit' AND effect = 'permit') THEN
        RAISE EXCEPTION 'The gate did not permit this submission' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.verdict = 'approved' AND NOT EXISTS (
        SELECT FROM requests_decision WHERE id = NEW.decision_id
        AND submission_id = NEW.submission_id AND action = 'approve' AND effect = 'permit') THEN
        RAISE EXCEPTION 'The gate did not permit this approval' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON requests_signoff
    FOR EACH ROW EXECUTE FUNCTION requests_check_sign_off();
ALTER TABLE requests_signoff ENABLE ALWAYS TRIGGER chain;

CREATE FUNCTION requests_check_permission() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM requests_signoff WHERE id = NEW.sign_off_id
                   AND submission_id = NEW.submission_id AND verdict = 'approved') THEN
        RAISE EXCEPTION 'No approval stands behind this permission' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT FROM recognition_authorization a JOIN requests_submission s ON s.id = NEW.submission_id
        WHERE a.id = NEW.authorization_id AND a.probe_id = s.probe
        AND a.face_index = s.face_index AND a.expires_at = NEW.expires_at) THEN
        RAISE EXCEPTION 'The authorization is not for this submission' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON requests_permission
    FOR EACH ROW EXECUTE FUNCTION requests_check_permission();
ALTER TABLE requests_permission ENABLE ALWAYS TRIGGER chain;

-- At commit, not before: the permission names the authorization, so it comes second.
CREATE FUNCTION requests_check_authorization() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM requests_permission WHERE authorization_id = NEW.id) THEN
        RAISE EXCEPTION 'No permission stands behind this authorization'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON recognition_authorization
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION requests_check_authorization();
ALTER TABLE recognition_authorization ENABLE ALWAYS TRIGGER chain;

-- A permit to run is good for ten minutes: the relay has the gate decide anew at each hand-over.
CREATE FUNCTION requests_check_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last_effect text;
    last_decided timestamptz;
BEGIN
    SELECT d.effect, d.decided_at INTO last_effect, last_decided
    FROM requests_permission p JOIN requests_decision d ON d.submission_id = p.submission_id
    WHERE p.authorization_id = NEW.authorization_id AND d.action = 'run'
    ORDER BY d.decided_at DESC, d.id DESC LIMIT 1;
    IF last_effect IS DISTINCT FROM 'permit'
       OR last_decided < clock_timestamp() - interval '10 minutes' THEN
        RAISE EXCEPTION 'No fresh decision of the gate permits this search to run'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON recognition_opening
    FOR EACH ROW EXECUTE FUNCTION requests_check_opening();
ALTER TABLE recognition_opening ENABLE ALWAYS TRIGGER chain;
