DROP FUNCTION transparency_refuse_change() CASCADE;
