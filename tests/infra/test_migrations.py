"""The tables of the database and the models say the same, and a new database is made without building classes twice."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation
from django.db.migrations.state import StateApps

from apps.access.operations import ChangeModels, CreateModels

KEY = {"primary_key": True, "serialize": False}


def test_every_change_of_a_model_has_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # exits when one is missing


def test_operations_on_models_stand_in_ours() -> None:
    """Else a new database takes a minute longer: Django builds the classes of all related models at each."""
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}
    bare = {
        f"{label}.{name}"
        for (label, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items()
        for operation in migration.operations
        if label in own and isinstance(operation, (ModelOperation, FieldOperation, IndexOperation))
    }
    assert bare == set(), "wrap them in CreateModels or ChangeModels of apps.access.operations"


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def indexes(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


CREATED = CreateModels(
    [
        migrations.CreateModel("Port", [("code", models.CharField(max_length=5, **KEY))]),
        migrations.CreateModel(
            "Berth",
            [
                ("number", models.IntegerField(**KEY)),
                ("port", models.ForeignKey("made.Port", models.CASCADE)),
                ("depth_m", models.IntegerField(null=True)),
            ],
            options={"indexes": [models.Index(fields=["depth_m"], name="berths_deep")]},
        ),
    ]
)
CHANGED = ChangeModels(
    [
        migrations.RemoveIndex("berth", "berths_deep"),
        migrations.RemoveField("berth", "depth_m"),
        migrations.AddField("berth", "next", models.ForeignKey("self", models.CASCADE, null=True)),
        migrations.AddField("berth", "name", models.CharField(max_length=20, default="")),
        migrations.AddIndex("berth", models.Index(fields=["name"], name="berths_named")),
        migrations.AddConstraint("port", models.CheckConstraint(condition=~models.Q(code=""), name="port_has_code")),
    ]
)


@pytest.mark.django_db(transaction=True)
def test_models_are_created_changed_and_changed_back_and_nobody_builds_the_other_classes(
    django_db_setup, monkeypatch
) -> None:
    built: list[int] = []
    real = StateApps.__init__

    def counted(self, real_apps, found, ignore_swappable=False):
        built.append(len(found))
        real(self, real_apps, found, ignore_swappable)

    state = MigrationLoader(None, ignore_no_migrations=True).project_state()
    assert state.apps.get_model("people", "Desk")
    monkeypatch.setattr(StateApps, "__init__", counted)
    with django_db_setup.as_owner():
        states = [state]
        for operation in (CREATED, CHANGED):
            after = states[-1].clone()
            operation.state_forwards("made", after)
            with connection.schema_editor() as editor:
                operation.database_forwards("made", editor, states[-1], after)
            states.append(after)
        assert columns("made_berth") == {"number", "port_id", "next_id", "name"}
        assert {"berths_named"} <= indexes("made_berth")
        assert "port_has_code" in indexes("made_port")
        with connection.schema_editor() as editor:
            CHANGED.database_backwards("made", editor, states[2], states[1])
        assert columns("made_berth") == {"number", "port_id", "depth_m"}
        assert "berths_deep" in indexes("made_berth")
        assert "port_has_code" not in indexes("made_port")
    assert max(built) <= 2, "the two models, and not the three hundred of the portal"
    assert states[2].apps.get_model("made", "Berth")._meta.get_field("next")
    assert max(built) > 100, "who asks for a class gets all of them"


def test_what_cannot_be_seen_from_before_and_after_is_refused() -> None:
    add = migrations.AddField("berth", "name", models.TextField(default=""))
    with pytest.raises(ValueError, match="two operations"):
        ChangeModels([add, migrations.AlterField("berth", "name", models.TextField())])
    with pytest.raises(ValueError, match="unique"):
        ChangeModels([migrations.AlterField("berth", "number", models.BigIntegerField(primary_key=True))])
