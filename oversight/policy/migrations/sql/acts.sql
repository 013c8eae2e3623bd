-- Who may do what, held by the database: administrators propose, the board adopts and suspends,
-- nobody adopts what they proposed, and no law reaches back behind the day of its adoption.
CREATE FUNCTION policy_day_of(person bigint, moment timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT (moment AT TIME ZONE a.time_zone)::date
    FROM people_person p JOIN people_agency a ON a.slug = p.agency_id WHERE p.id = person
$$;

CREATE FUNCTION policy_demand_role(person bigint, wanted text, moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    today date := policy_day_of(person, moment);
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_rolegrant g JOIN people_person p ON p.id = g.person_id
        WHERE p.id = person AND p.is_active AND NOT p.suspended AND g.role = wanted
            AND g.held_from <= today AND (g.held_until IS NULL OR g.held_until > today)
    ) THEN
        RAISE EXCEPTION 'this act needs the role %, held on the day of the act', wanted
            USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

CREATE FUNCTION policy_check_proposal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.proposed_by_id, 'administrator', NEW.proposed_at);
    IF NEW.digest <> 'sha256:' || encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest is not that of the text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION policy_check_adoption() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    proposed policy_proposal;
    today date := policy_day_of(NEW.adopted_by_id, NEW.adopted_at);
BEGIN
    SELECT * INTO STRICT proposed FROM policy_proposal WHERE id = NEW.proposal_id;
    PERFORM policy_demand_role(NEW.adopted_by_id, 'board', NEW.adopted_at);
    IF proposed.proposed_by_id = NEW.adopted_by_id THEN
        RAISE EXCEPTION 'adopting takes two people: this one proposed it'
            USING ERRCODE = 'check_violation';
    END IF;
    IF proposed.takes_effect < today THEN
        RAISE EXCEPTION 'it would take effect on %, before its adoption', proposed.takes_effect
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.voted_on > today THEN
        RAISE EXCEPTION 'the vote lies in the future' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION policy_check_suspension() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.suspended_by_id, 'board', NEW.suspended_at);
    RETURN NEW;
END $$;

CREATE FUNCTION policy_check_lifting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.lifted_by_id, 'board', NEW.lifted_at);
    RETURN NEW;
END $$;

DO $$
DECLARE
    act text;
BEGIN
    FOREACH act IN ARRAY ARRAY['proposal', 'adoption', 'suspension', 'lifting'] LOOP
        EXECUTE format(
            'CREATE TRIGGER act_is_allowed BEFORE INSERT ON policy_%1$s'
            ' FOR EACH ROW EXECUTE FUNCTION policy_check_%1$s()', act);
        EXECUTE format('ALTER TABLE policy_%s ENABLE ALWAYS TRIGGER act_is_allowed', act);
    END LOOP;
END $$;
