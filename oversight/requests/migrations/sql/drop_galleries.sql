DROP FUNCTION requests_record_gallery() CASCADE;
DROP FUNCTION requests_gallery_system(bigint);
