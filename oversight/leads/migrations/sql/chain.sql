-- Each link of the chain is checked where the next one is inserted. The functions run as their
-- owner and hold the comparison, so that what they see cannot change before the commit.

-- The candidates that concluded examinations name, null for nobody.
CREATE FUNCTION leads_named(comparison uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT j.candidate FROM leads_conclusion c
    JOIN leads_examination e ON e.id = c.examination_id
    LEFT JOIN leads_judgement j ON j.id = c.judgement_id
    WHERE e.comparison_id = comparison
$$;

CREATE FUNCTION leads_refuse(why text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation';
END $$;

-- The comparison of an examination that is still open; refuses a closed one.
CREATE FUNCTION leads_open_examination(examination bigint) RETURNS leads_examination
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found leads_examination;
BEGIN
    SELECT * INTO STRICT found FROM leads_examination WHERE id = examination;
    PERFORM leads_hold(found.comparison_id);
    IF EXISTS (SELECT FROM leads_conclusion WHERE examination_id = examination)
       OR EXISTS (SELECT FROM leads_release WHERE examination_id = examination) THEN
        PERFORM leads_refuse('This examination is closed');
    END IF;
    RETURN found;
END $$;

CREATE FUNCTION leads_check_examination() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    ask record;
    named uuid[];
    others integer;
BEGIN
    PERFORM leads_hold(NEW.comparison_id);
    SELECT r.requester_id, r.agency_id, o.supervisor_id, c.candidate_count INTO STRICT ask
    FROM leads_comparison c
    JOIN requests_submission s ON s.id = c.submission_id
    JOIN requests_searchrequest r ON r.id = s.request_id
    JOIN requests_signoff o ON o.submission_id = s.id
    WHERE c.run = NEW.comparison_id;
    IF NEW.examiner_id IN (ask.requester_id, ask.supervisor_id) THEN
        PERFORM leads_refuse('Nobody examines what they asked for or signed off');
    END IF;
    IF NOT EXISTS (SELECT FROM people_person
                   WHERE id = NEW.examiner_id AND agency_id = ask.agency_id) THEN
        PERFORM leads_refuse('Only examiners of the same agency examine');
    END IF;
    IF ask.candidate_count = 0
       OR EXISTS (SELECT FROM leads_result WHERE comparison_id = NEW.comparison_id) THEN
        PERFORM leads_refuse('There is nothing to examine (any more)');
    END IF;
    named := ARRAY(SELECT leads_named(NEW.comparison_id));
    SELECT count(*) INTO others FROM leads_examination e
    WHERE e.comparison_id = NEW.comparison_id
    AND NOT EXISTS (SELECT FROM leads_release WHERE examination_id = e.id);
    IF others >= 3 THEN
        PERFORM leads_refuse('At most three examine');
    END IF;
    IF others = 2 AND NOT (cardinality(named) = 2 AND named[1] IS DISTINCT FROM named[2]) THEN
        PERFORM leads_refuse('A third examines only where two disagree');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_examination
    FOR EACH ROW EXECUTE FUNCTION leads_check_examination();
ALTER TABLE leads_examination ENABLE ALWAYS TRIGGER chain;

CREATE FUNCTION leads_check_release() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM leads_open_examination(NEW.examination_id);
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_release
    FOR EACH ROW EXECUTE FUNCTION leads_check_release();
ALTER TABLE leads_release ENABLE ALWAYS TRIGGER chain;

-- Who is shown what: an examiner the candidates of the own open examination, the officer the
-- result of the own request, and of all candidates the lead alone, once the notice is accepted.
CREATE FUNCTION leads_check_viewing() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    looked_at leads_comparison;
    own bigint;
BEGIN
    SELECT * INTO STRICT looked_at FROM leads_comparison WHERE run = NEW.comparison_id;
    IF NOT EXISTS (
        SELECT FROM requests_decision d WHERE d.id = NEW.decision_id
        AND d.submission_id = looked_at.submission_id AND d.action = 'view' AND d.effect = 'permit'
        AND d.facts -> 'requester' ->> 'id' = NEW.viewer_id::text) THEN
        PERFORM leads_refuse('The gate did not permit this person to view');
    END IF;
    SELECT e.id INTO own FROM leads_examination e
    WHERE e.comparison_id = NEW.comparison_id AND e.examiner_id = NEW.viewer_id;
    IF own IS NOT NULL AND NEW.candidate IS NOT NULL THEN
        PERFORM leads_open_examination(own);
        IF NOT EXISTS (SELECT FROM recognition_candidate
                       WHERE id = NEW.candidate AND run_id = NEW.comparison_id) THEN
            PERFORM leads_refuse('No candidate of this run');
        END IF;
        RETURN NEW;
    END IF;
    IF NOT EXISTS (
        SELECT FROM leads_result t
        JOIN requests_submission s ON s.id = looked_at.submission_id
        JOIN requests_searchrequest r ON r.id = s.request_id
        WHERE t.comparison_id = NEW.comparison_id AND r.requester_id = NEW.viewer_id
        AND t.expires_at > clock_timestamp()
        AND (NEW.candidate IS NULL OR NEW.candidate = t.candidate AND EXISTS (
            SELECT FROM leads_acknowledgement a WHERE a.result_id = t.comparison_id))) THEN
        PERFORM leads_refuse('This is not for this person to view');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_viewing
    FOR EACH ROW EXECUTE FUNCTION leads_check_viewing();
ALTER TABLE leads_viewing ENABLE ALWAYS TRIGGER chain;

CREATE FUNCTION leads_check_judgement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own leads_examination := leads_open_examination(NEW.examination_id);
BEGIN
    IF NOT EXISTS (SELECT FROM leads_viewing v
                   WHERE v.comparison_id = own.comparison_id AND v.viewer_id = own.examiner_id
                   AND v.candidate = NEW.candidate) THEN
        PERFORM leads_refuse('Nobody judges a candidate they were not shown');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_judgement
    FOR EACH ROW EXECUTE FUNCTION leads_check_judgement();
ALTER TABLE leads_judgement ENABLE ALWAYS TRIGGER chain;

CREATE FUNCTION leads_check_conclusion() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    own leads_examination := leads_open_examination(NEW.examination_id);
BEGIN
    IF (SELECT count(*) FROM leads_judgement WHERE examination_id = own.id)
       <> (SELECT candidate_count FROM leads_comparison WHERE run = own.comparison_id) THEN
        PERFORM leads_refuse('Every candidate is compared before an examination is closed');
    END IF;
    IF NEW.judgement_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM leads_judgement WHERE id = NEW.judgement_id AND examination_id = own.id
        AND support IN ('strong_same', 'limited_same')) THEN
        PERFORM leads_refuse('Only a candidate that the own comparison supports can be named');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_conclusion
    FOR EACH ROW EXECUTE FUNCTION leads_check_conclusion();
ALTER TABLE leads_conclusion ENABLE ALWAYS TRIGGER chain;

-- The rule of agreement is agreement.py's; here stands what no result may contradict.
CREATE FUNCTION leads_check_result() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named uuid[];
    agreed uuid;
    returned integer;
BEGIN
    PERFORM leads_hold(NEW.comparison_id);
    SELECT candidate_count INTO STRICT returned FROM leads_comparison WHERE run = NEW.comparison_id;
    named := ARRAY(SELECT leads_named(NEW.comparison_id));
    SELECT candidate INTO agreed FROM unnest(named) AS candidate
    WHERE candidate IS NOT NULL GROUP BY candidate HAVING count(*) >= 2;
    IF NEW.candidate IS DISTINCT FROM agreed OR (NEW.kind = 'no_candidate') <> (returned = 0) THEN
        PERFORM leads_refuse('The examinations do not bear this result');
    END IF;
    IF NEW.kind = 'no_lead' AND NOT (
        cardinality(named) = 3 OR cardinality(named) = 2 AND num_nulls(VARIADIC named) = 2) THEN
        PERFORM leads_refuse('The examinations are not at their end');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_result
    FOR EACH ROW EXECUTE FUNCTION leads_check_result();
ALTER TABLE leads_result ENABLE ALWAYS TRIGGER chain;

CREATE FUNCTION leads_check_acknowledgement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM leads_result t JOIN leads_comparison c ON c.run = t.comparison_id
        JOIN requests_submission s ON s.id = c.submission_id
        JOIN requests_searchrequest r ON r.id = s.request_id
        WHERE t.comparison_id = NEW.result_id AND t.kind = 'lead'
        AND r.requester_id = NEW.officer_id) THEN
        PERFORM leads_refuse('Only the officer who asked accepts the notice of a lead');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER chain BEFORE INSERT ON leads_acknowledgement
    FOR EACH ROW EXECUTE FUNCTION leads_check_acknowledgement();
ALTER TABLE leads_acknowledgement ENABLE ALWAYS TRIGGER chain;
