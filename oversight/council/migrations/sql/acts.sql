-- Who may do what, held by the database: the department proposes; the board hears, votes, halts,
-- moderates and answers; nobody enters the vote on what they proposed, nor confirms their own entry.
CREATE FUNCTION council_demand_role(person bigint, wanted text[], moment timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    today date := policy_day_of(person, moment);
BEGIN
    IF NOT EXISTS (
        SELECT FROM people_rolegrant g JOIN people_person p ON p.id = g.person_id
        WHERE p.id = person AND p.is_active AND NOT p.suspended AND g.role = ANY (wanted)
            AND g.held_from <= today AND (g.held_until IS NULL OR g.held_until > today)
    ) THEN
        RAISE EXCEPTION 'this act needs the role %, held on the day of the act',
            array_to_string(wanted, ' or ') USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;

-- Arguments of the trigger: the column of who acts, that of when, and the roles that may.
CREATE FUNCTION council_check_role() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    row jsonb := to_jsonb(NEW);
BEGIN
    PERFORM council_demand_role(
        (row ->> TG_ARGV[0])::bigint, string_to_array(TG_ARGV[2], ' '),
        (row ->> TG_ARGV[1])::timestamptz);
    RETURN NEW;
END $$;

CREATE FUNCTION council_check_other_than_proposer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.entered_by_id = (SELECT proposed_by_id FROM council_acquisition WHERE id = NEW.acquisition_id) THEN
        RAISE EXCEPTION 'this takes two people: this one proposed it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION council_check_confirmation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.confirmed_by_id = (SELECT entered_by_id FROM council_vote WHERE id = NEW.vote_id) THEN
        RAISE EXCEPTION 'a second person confirms a vote: this one entered it'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION council_check_vote() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.voted_on > policy_day_of(NEW.entered_by_id, NEW.entered_at) THEN
        RAISE EXCEPTION 'the vote lies in the future' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT acquisition_id FROM council_document WHERE id = NEW.signed_document_id)
        IS DISTINCT FROM NEW.acquisition_id THEN
        RAISE EXCEPTION 'the signed document belongs to another proposal' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION council_check_standing_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM council_standingchange WHERE technology_id = NEW.technology_id AND act = 'retired') THEN
        RAISE EXCEPTION 'it was retired for good' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM council_demand_role(
        NEW.made_by_id,
        CASE WHEN NEW.act = 'retired' THEN ARRAY['board', 'administrator'] ELSE ARRAY['board'] END,
        NEW.made_at);
    RETURN NEW;
END $$;

CREATE FUNCTION council_check_comment() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM council_consultation WHERE id = NEW.consultation_id
            AND opens_at <= NEW.received_at AND NEW.received_at < closes_at
    ) THEN
        RAISE EXCEPTION 'the time for comment has not begun or is over' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

DO $$
DECLARE
    rule record;
BEGIN
    FOR rule IN SELECT * FROM (VALUES
        ('technology', 'added_by_id', 'added_at', 'administrator'),
        ('acquisition', 'proposed_by_id', 'proposed_at', 'administrator'),
        ('document', 'added_by_id', 'added_at', 'administrator board'),
        ('hearing', 'entered_by_id', 'entered_at', 'board'),
        ('vote', 'entered_by_id', 'entered_at', 'board'),
        ('voteconfirmation', 'confirmed_by_id', 'confirmed_at', 'board administrator'),
        ('yearlycost', 'entered_by_id', 'entered_at', 'administrator'),
        ('consultation', 'opened_by_id', 'opened_at', 'board administrator'),
        ('moderation', 'made_by_id', 'made_at', 'board'),
        ('acknowledgement', 'made_by_id', 'made_at', 'board'),
        ('comparison', 'made_by_id', 'made_at', 'board auditor'),
        ('finding', 'made_by_id', 'made_at', 'board'),
        ('recordsrequest', 'entered_by_id', 'entered_at', 'administrator'),
        ('recordsanswer', 'entered_by_id', 'entered_at', 'administrator')
    ) AS rules (fact, person, moment, roles) LOOP
        EXECUTE format(
            'CREATE TRIGGER act_is_allowed BEFORE INSERT ON council_%s FOR EACH ROW'
            ' EXECUTE FUNCTION council_check_role(%L, %L, %L)',
            rule.fact, rule.person, rule.moment, rule.roles);
        EXECUTE format('ALTER TABLE council_%s ENABLE ALWAYS TRIGGER act_is_allowed', rule.fact);
    END LOOP;
    FOR rule IN SELECT * FROM (VALUES
        ('hearing', 'other_than_proposer'), ('vote', 'other_than_proposer'), ('vote', 'vote'),
        ('voteconfirmation', 'confirmation'), ('standingchange', 'standing_change'),
        ('comment', 'comment')
    ) AS rules (fact, checked) LOOP
        EXECUTE format(
            'CREATE TRIGGER %2$s_is_checked BEFORE INSERT ON council_%1$s FOR EACH ROW'
            ' EXECUTE FUNCTION council_check_%2$s()', rule.fact, rule.checked);
        EXECUTE format(
            'ALTER TABLE council_%1$s ENABLE ALWAYS TRIGGER %2$s_is_checked', rule.fact, rule.checked);
    END LOOP;
END $$;
