"""Closed tables, blind writing of templates, the lock, and what is due: all in SQL."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"
DROP = """
DROP FUNCTION recognition_due_inspections, recognition_due_searches, run_search, recognition_band,
    recognition_compare, open_search, recognition_expunge, recognition_template_counts;
DROP TYPE recognition_match;
DROP FUNCTION recognition_announce, recognition_check_end, recognition_check_authorization,
    recognition_check_image, recognition_check_templates, recognition_vector_fits,
    recognition_only_expunge, recognition_being_expunged, recognition_refuse_change CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("recognition", "0001_tables")]

    operations = [
        migrations.RunSQL(
            "\n".join(
                (SQL / f"{name}.sql").read_text("utf-8")
                for name in ("closed", "gallery", "lock", "outbox")
            ),
            DROP,
        )
    ]
