DROP FUNCTION policy_check_lifting() CASCADE;
DROP FUNCTION policy_check_suspension() CASCADE;
DROP FUNCTION policy_check_adoption() CASCADE;
DROP FUNCTION policy_check_proposal() CASCADE;
DROP FUNCTION policy_demand_role(bigint, text, timestamptz);
DROP FUNCTION policy_day_of(bigint, timestamptz);
DROP FUNCTION policy_refuse_change() CASCADE;
