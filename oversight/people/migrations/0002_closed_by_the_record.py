"""Roles granted and training completed are facts: an end, or a correction, is a row of its own."""

from django.db import migrations

from oversight.ledger.closing import close_facts


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("ledger", "0003_closing")]

    operations = [close_facts("people_rolegrant", "people_certificate")]
