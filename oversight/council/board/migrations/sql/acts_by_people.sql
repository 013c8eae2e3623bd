-- Roles and the two people are demanded by the mechanism of people; what is the board's own stays here.
DROP FUNCTION board_check_sample() CASCADE;
DROP FUNCTION board_check_recipientchange() CASCADE;
DROP FUNCTION board_check_recipientconfirmation() CASCADE;
DROP FUNCTION board_check_meeting() CASCADE;
DROP FUNCTION board_check_pack() CASCADE;
DROP FUNCTION board_check_answer() CASCADE;
DROP FUNCTION board_check_resolution() CASCADE;
DROP TRIGGER act_is_allowed ON board_finding;
DROP TRIGGER act_is_allowed ON board_draw;

CREATE OR REPLACE FUNCTION board_check_finding() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    drawn integer;
BEGIN
    SELECT jsonb_array_length(members) INTO drawn FROM board_draw WHERE sample_id = NEW.sample_id;
    IF drawn IS NULL OR NEW.place > drawn THEN
        RAISE EXCEPTION 'the sample has no member %', NEW.place USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION board_check_finding_is_open() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (SELECT kind FROM board_finding WHERE id = NEW.finding_id) = 'compliant' THEN
        RAISE EXCEPTION 'nothing is to be answered or resolved' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER draw_is_checked BEFORE INSERT ON board_draw
    FOR EACH ROW EXECUTE FUNCTION board_check_draw();
ALTER TABLE board_draw ENABLE ALWAYS TRIGGER draw_is_checked;
CREATE TRIGGER member_is_checked BEFORE INSERT ON board_finding
    FOR EACH ROW EXECUTE FUNCTION board_check_finding();
ALTER TABLE board_finding ENABLE ALWAYS TRIGGER member_is_checked;
CREATE TRIGGER finding_is_open BEFORE INSERT ON board_answer
    FOR EACH ROW EXECUTE FUNCTION board_check_finding_is_open();
ALTER TABLE board_answer ENABLE ALWAYS TRIGGER finding_is_open;
CREATE TRIGGER finding_is_open BEFORE INSERT ON board_resolution
    FOR EACH ROW EXECUTE FUNCTION board_check_finding_is_open();
ALTER TABLE board_resolution ENABLE ALWAYS TRIGGER finding_is_open;

SELECT people_let_act('board_sample', 'announced_by_id', 'announced_at', 'board');
SELECT people_let_act('board_finding', 'found_by_id', 'found_at', 'board');
SELECT people_let_act('board_answer', 'answered_by_id', 'answered_at', 'supervisor');
SELECT people_let_act('board_resolution', 'resolved_by_id', 'resolved_at', 'board');
SELECT people_let_act('board_recipientchange', 'proposed_by_id', 'proposed_at', 'administrator');
SELECT people_let_act('board_recipientconfirmation', 'confirmed_by_id', 'confirmed_at', 'board');
SELECT people_let_act('board_meeting', 'called_by_id', 'called_at', 'board');
SELECT people_let_act('board_pack', 'frozen_by_id', 'frozen_at', 'board');
SELECT people_demand_second('board_recipientconfirmation', 'confirmed_by_id', 'change_id',
    'board_recipientchange', 'proposed_by_id', 'a change of recipients takes two people');
