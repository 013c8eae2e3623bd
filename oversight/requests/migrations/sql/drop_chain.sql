DROP FUNCTION requests_check_opening() CASCADE;
DROP FUNCTION requests_check_authorization() CASCADE;
DROP FUNCTION requests_check_permission() CASCADE;
DROP FUNCTION requests_check_sign_off() CASCADE;
