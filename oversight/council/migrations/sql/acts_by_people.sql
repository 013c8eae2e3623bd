-- Roles and the two people are demanded by the mechanism of people; what is the council's own stays here.
DROP FUNCTION council_check_role() CASCADE;
DROP FUNCTION council_check_other_than_proposer() CASCADE;
DROP FUNCTION council_check_confirmation() CASCADE;
DROP FUNCTION council_demand_role(bigint, text[], timestamptz);

CREATE OR REPLACE FUNCTION council_check_vote() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.voted_on > people_day_of(NEW.entered_by_id, NEW.entered_at) THEN
        RAISE EXCEPTION 'the vote lies in the future' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT acquisition_id FROM council_document WHERE id = NEW.signed_document_id)
        IS DISTINCT FROM NEW.acquisition_id THEN
        RAISE EXCEPTION 'the signed document belongs to another proposal' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION council_check_standing_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM council_standingchange WHERE technology_id = NEW.technology_id AND act = 'retired') THEN
        RAISE EXCEPTION 'it was retired for good' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM people_demand_role(
        NEW.made_by_id,
        CASE WHEN NEW.act = 'retired' THEN ARRAY['board', 'administrator'] ELSE ARRAY['board'] END,
        NEW.made_at);
    RETURN NEW;
END $$;

SELECT people_let_act('council_technology', 'added_by_id', 'added_at', 'administrator');
SELECT people_let_act('council_acquisition', 'proposed_by_id', 'proposed_at', 'administrator');
SELECT people_let_act('council_document', 'added_by_id', 'added_at', 'administrator board');
SELECT people_let_act('council_hearing', 'entered_by_id', 'entered_at', 'board');
SELECT people_let_act('council_vote', 'entered_by_id', 'entered_at', 'board');
SELECT people_let_act('council_voteconfirmation', 'confirmed_by_id', 'confirmed_at', 'board administrator');
SELECT people_let_act('council_yearlycost', 'entered_by_id', 'entered_at', 'administrator');
SELECT people_let_act('council_consultation', 'opened_by_id', 'opened_at', 'board administrator');
SELECT people_let_act('council_moderation', 'made_by_id', 'made_at', 'board');
SELECT people_let_act('council_acknowledgement', 'made_by_id', 'made_at', 'board');
SELECT people_let_act('council_comparison', 'made_by_id', 'made_at', 'board auditor');
SELECT people_let_act('council_finding', 'made_by_id', 'made_at', 'board');
SELECT people_let_act('council_recordsrequest', 'entered_by_id', 'entered_at', 'administrator');
SELECT people_let_act('council_recordsanswer', 'entered_by_id', 'entered_at', 'administrator');
SELECT people_demand_second('council_hearing', 'entered_by_id', 'acquisition_id', 'council_acquisition',
    'proposed_by_id', 'this takes two people: this one proposed it');
SELECT people_demand_second('council_vote', 'entered_by_id', 'acquisition_id', 'council_acquisition',
    'proposed_by_id', 'this takes two people: this one proposed it');
SELECT people_demand_second('council_voteconfirmation', 'confirmed_by_id', 'vote_id', 'council_vote',
    'entered_by_id', 'a second person confirms a vote: this one entered it');
