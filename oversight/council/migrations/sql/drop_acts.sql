DROP FUNCTION council_check_comment() CASCADE;
DROP FUNCTION council_check_standing_change() CASCADE;
DROP FUNCTION council_check_vote() CASCADE;
DROP FUNCTION council_check_confirmation() CASCADE;
DROP FUNCTION council_check_other_than_proposer() CASCADE;
DROP FUNCTION council_check_role() CASCADE;
DROP FUNCTION council_demand_role(bigint, text[], timestamptz);
