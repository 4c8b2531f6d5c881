"""The tables of the database and the models say the same."""

from itertools import groupby

from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel

MANY = 5


def test_every_change_of_a_model_has_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # exits when one is missing


def test_many_models_in_a_row_are_created_together() -> None:
    """Else a new database takes a minute longer: Django builds the classes of all related models at each."""
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    one_by_one = [
        f"{label}.{name}"
        for (label, name), migration in migrations.items()
        if label in own
        for creates, row in groupby(migration.operations, lambda operation: isinstance(operation, CreateModel))
        if creates and len(list(row)) >= MANY
    ]
    assert one_by_one == [], "wrap them in apps.access.operations.CreateModels"
