-- Who may do what, held by the database: the board announces, finds, resolves and calls meetings;
-- a recipient is named by an administrator and confirmed by another person; a sample is drawn
-- from the record as it stood one entry after its announcement, and from nothing else.
CREATE FUNCTION board_check_sample() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.announced_by_id, 'board', NEW.announced_at);
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_draw() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    announced board_sample;
BEGIN
    SELECT * INTO STRICT announced FROM board_sample WHERE number = NEW.sample_id;
    IF NEW.tree_size <> announced.entry + 2 THEN
        RAISE EXCEPTION 'the sample is drawn from the record of % entries', announced.entry + 2
            USING ERRCODE = 'check_violation';
    END IF;
    IF jsonb_array_length(NEW.members) <> least(announced.size, jsonb_array_length(announced.frame))
    THEN
        RAISE EXCEPTION 'the sample has another size' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_finding() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    drawn integer;
BEGIN
    PERFORM policy_demand_role(NEW.found_by_id, 'board', NEW.found_at);
    SELECT jsonb_array_length(members) INTO drawn FROM board_draw WHERE sample_id = NEW.sample_id;
    IF drawn IS NULL OR NEW.place > drawn THEN
        RAISE EXCEPTION 'the sample has no member %', NEW.place USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.answered_by_id, 'supervisor', NEW.answered_at);
    IF (SELECT kind FROM board_finding WHERE id = NEW.finding_id) = 'compliant' THEN
        RAISE EXCEPTION 'nothing is to be answered' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_resolution() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.resolved_by_id, 'board', NEW.resolved_at);
    IF (SELECT kind FROM board_finding WHERE id = NEW.finding_id) = 'compliant' THEN
        RAISE EXCEPTION 'nothing is to be resolved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_recipientchange() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.proposed_by_id, 'administrator', NEW.proposed_at);
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_recipientconfirmation() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.confirmed_by_id, 'board', NEW.confirmed_at);
    IF (SELECT proposed_by_id FROM board_recipientchange WHERE id = NEW.change_id)
        = NEW.confirmed_by_id THEN
        RAISE EXCEPTION 'a change of recipients takes two people'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_meeting() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.called_by_id, 'board', NEW.called_at);
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_pack() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM policy_demand_role(NEW.frozen_by_id, 'board', NEW.frozen_at);
    RETURN NEW;
END $$;

DO $$
DECLARE
    act text;
BEGIN
    FOREACH act IN ARRAY ARRAY[
        'sample', 'draw', 'finding', 'answer', 'resolution', 'recipientchange',
        'recipientconfirmation', 'meeting', 'pack'
    ] LOOP
        EXECUTE format(
            'CREATE TRIGGER act_is_allowed BEFORE INSERT ON board_%1$s'
            ' FOR EACH ROW EXECUTE FUNCTION board_check_%1$s()', act);
        EXECUTE format('ALTER TABLE board_%s ENABLE ALWAYS TRIGGER act_is_allowed', act);
    END LOOP;
END $$;
