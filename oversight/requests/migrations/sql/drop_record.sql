DROP FUNCTION requests_record_failure() CASCADE;
DROP FUNCTION requests_record_run() CASCADE;
DROP FUNCTION requests_record_opening() CASCADE;
DROP FUNCTION requests_public_fields(uuid, timestamptz);
