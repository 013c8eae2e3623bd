"""Migrations can be applied while the release before still runs."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

OURS = [
    config.label
    for config in apps.get_app_configs()
    if config.name.startswith(("oversight.", "recognition"))
]


@pytest.mark.django_db
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_migration_breaks_the_release_before_it():
    """Nothing dropped, renamed or made NOT NULL without a default, but by name and reason here."""
    linter = MigrationLinter(
        include_apps=OURS,
        analyser_string="postgresql",
        no_cache=True,
        no_output=True,
        # A release has to be out before anything can be incompatible with it.
        ignore_initial_migrations=True,
        ignore_name=FIRST_RELEASE,
    )
    linter.lint_all_migrations()
    assert linter.nb_total > 0
    assert linter.nb_erroneous == 0


# Until the first release these belong to it as much as the initial ones do.
FIRST_RELEASE = [
    "0002_sealing",
    "0004_notices_of_unusual_use",  # its constraints are on columns that it adds, all empty
]


@pytest.mark.django_db
def test_each_room_has_one_latest_migration():
    assert MigrationLoader(connection).detect_conflicts() == {}
