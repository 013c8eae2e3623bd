DROP FUNCTION requests_refuse_change() CASCADE;
