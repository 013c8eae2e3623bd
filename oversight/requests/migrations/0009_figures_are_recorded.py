"""The entry of a run commits to its figures, so that nobody can make them others afterwards."""

from django.db import migrations

RECORD = """
CREATE OR REPLACE FUNCTION requests_record_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$
BEGIN
    PERFORM ledger_append(401, requests_public_fields(NEW.authorization_id, NEW.finished_at),
        jsonb_build_object(
            'authorization', NEW.authorization_id, 'run', NEW.id,
            'started_at', NEW.started_at, 'at', NEW.finished_at,
            'model', NEW.model_sha256, 'gallery_digest', NEW.gallery_digest,
            'templates', NEW.templates_compared, 'candidates', NEW.candidate_count,
            'candidates_digest', NEW.candidates_sha256));
    RETURN NULL;
END $$;
"""

# As run_search makes it (recognition/migrations/sql/lock.sql), from the candidates as they stand.
CANDIDATES = """
CREATE FUNCTION requests_candidates_digest(of_run uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(convert_to(coalesce(
        string_agg(format('%s %s %s', rank, image_id, distance), E'\\n' ORDER BY rank), ''), 'UTF8')),
        'hex')
    FROM recognition_candidate WHERE run_id = of_run
$$;
REVOKE ALL ON FUNCTION requests_candidates_digest(uuid) FROM PUBLIC;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION requests_record_run() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM ledger_append(401, requests_public_fields(NEW.authorization_id, NEW.finished_at),
        jsonb_build_object('authorization', NEW.authorization_id, 'run', NEW.id,
                           'candidates_digest', NEW.candidates_sha256, 'at', NEW.finished_at));
    RETURN NULL;
END $$;
DROP FUNCTION requests_candidates_digest(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("requests", "0008_duties")]
    operations = [migrations.RunSQL(RECORD + CANDIDATES, BEFORE)]
