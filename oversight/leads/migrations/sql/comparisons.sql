-- A comparison comes into being with its run, in one transaction, and in no other way: no role
-- may insert one. So nothing can be examined before it was searched.
CREATE FUNCTION leads_add_comparison() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO leads_comparison (run, "authorization", submission_id, candidate_count, run_at)
    SELECT NEW.id, NEW.authorization_id, p.submission_id, NEW.candidate_count, NEW.finished_at
    FROM requests_permission p WHERE p.authorization_id = NEW.authorization_id;
    RETURN NULL;
END $$;
CREATE TRIGGER comparison AFTER INSERT ON recognition_run
    FOR EACH ROW EXECUTE FUNCTION leads_add_comparison();
ALTER TABLE recognition_run ENABLE ALWAYS TRIGGER comparison;

-- One thing at a time may happen to a comparison. Its row cannot be locked: nobody may update it.
CREATE FUNCTION leads_hold(comparison uuid) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('leads ' || comparison::text, 0))
$$;
