-- Roles and the two people are demanded by the mechanism of people; what is the law's own stays here.
DROP TRIGGER act_is_allowed ON policy_proposal;
DROP TRIGGER act_is_allowed ON policy_adoption;
DROP TRIGGER act_is_allowed ON policy_suspension;
DROP TRIGGER act_is_allowed ON policy_lifting;
DROP FUNCTION policy_check_suspension();
DROP FUNCTION policy_check_lifting();
DROP FUNCTION policy_demand_role(bigint, text, timestamptz);
DROP FUNCTION policy_day_of(bigint, timestamptz);

CREATE OR REPLACE FUNCTION policy_check_proposal() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.digest <> 'sha256:' || encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest is not that of the text' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION policy_check_adoption() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    takes_effect date;
    today date := people_day_of(NEW.adopted_by_id, NEW.adopted_at);
BEGIN
    SELECT p.takes_effect INTO STRICT takes_effect FROM policy_proposal p WHERE p.id = NEW.proposal_id;
    IF takes_effect < today THEN
        RAISE EXCEPTION 'it would take effect on %, before its adoption', takes_effect
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.voted_on > today THEN
        RAISE EXCEPTION 'the vote lies in the future' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER proposal_is_checked BEFORE INSERT ON policy_proposal
    FOR EACH ROW EXECUTE FUNCTION policy_check_proposal();
ALTER TABLE policy_proposal ENABLE ALWAYS TRIGGER proposal_is_checked;
CREATE TRIGGER vote_is_checked BEFORE INSERT ON policy_adoption
    FOR EACH ROW EXECUTE FUNCTION policy_check_adoption();
ALTER TABLE policy_adoption ENABLE ALWAYS TRIGGER vote_is_checked;

SELECT people_let_act('policy_proposal', 'proposed_by_id', 'proposed_at', 'administrator');
SELECT people_let_act('policy_adoption', 'adopted_by_id', 'adopted_at', 'board');
SELECT people_let_act('policy_suspension', 'suspended_by_id', 'suspended_at', 'board');
SELECT people_let_act('policy_lifting', 'lifted_by_id', 'lifted_at', 'board');
SELECT people_demand_second('policy_adoption', 'adopted_by_id', 'proposal_id', 'policy_proposal',
    'proposed_by_id', 'adopting takes two people: this one proposed it');
