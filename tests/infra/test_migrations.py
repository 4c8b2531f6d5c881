"""The tables of the database and the models say the same; the first migration of each app makes all its tables at once,
is made anew by a command, and what follows it lets the release before go on working."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import StateApps

from apps.access.migrations._initial import InitialMigration
from caricom_portal.management.commands import squash_migrations
from caricom_portal.schema import in_order

KEY = {"primary_key": True, "serialize": False}


def own_migrations() -> dict[str, Any]:
    """The migrations of our apps by `app.name`."""
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    return {f"{label}.{name}": one for (label, name), one in found.items() if label in own}


def test_every_change_of_a_model_has_its_migration(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # exits when one is missing


def test_the_tables_of_an_app_are_made_at_once() -> None:
    """Else a new database takes three minutes: Django builds the classes of all related models at each operation."""
    plain = {
        name
        for name, one in own_migrations().items()
        if one.initial and not isinstance(one, InitialMigration)
        if any(
            isinstance(step, migrations.CreateModel) and step.options.get("managed", True) for step in one.operations
        )
    }
    assert plain == set(), "make them by manage.py squash_migrations (docs/how-to/migrations.md)"


class Made(InitialMigration):
    """Two tables that point to each other, as Django writes them, and one in between."""

    operations = [
        migrations.CreateModel("Port", [("code", models.CharField(max_length=5, **KEY))]),
        migrations.CreateModel(
            "Berth",
            [
                ("number", models.IntegerField(**KEY)),
                ("port", models.ForeignKey("made.Port", models.CASCADE)),
                ("pilots", models.ManyToManyField("people.User")),
            ],
            options={"indexes": [models.Index(fields=["number", "port"], name="berths_by_port")]},
        ),
        migrations.AddField("port", "first", models.ForeignKey("made.Berth", models.CASCADE, null=True)),
        migrations.AddIndex("port", models.Index(fields=["first"], name="ports_first", condition=models.Q(code="A"))),
        migrations.AddConstraint("port", models.CheckConstraint(condition=~models.Q(code=""), name="port_has_code")),
    ]


class PlainlyMade(migrations.Migration):
    operations = Made.operations


def made_tables() -> dict[str, Any]:
    """Columns and constraints of the tables of the app `made`."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name.startswith("made_")]
        return {
            name: (
                {(column.name, column.type_code, column.null_ok) for column in _described(cursor, name)},
                connection.introspection.get_constraints(cursor, name),
            )
            for name in tables
        }


def _described(cursor: Any, table: str) -> Any:
    return connection.introspection.get_table_description(cursor, table)


@pytest.mark.django_db(transaction=True)
def test_at_once_makes_what_one_after_the_other_makes_and_builds_the_classes_once(
    django_db_setup: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []
    real = StateApps.render_multiple

    def counted(self: Any, found: Any) -> None:
        built.append(len(list(found)))
        real(self, found)

    start = MigrationLoader(None, ignore_no_migrations=True).project_state()
    assert start.apps.get_model("people", "Desk")
    made: list[dict[str, Any]] = []
    with django_db_setup.as_owner():
        for migration in (PlainlyMade("0001_initial", "made"), Made("0001_initial", "made")):
            if isinstance(migration, InitialMigration):
                monkeypatch.setattr(StateApps, "render_multiple", counted)
            with connection.schema_editor() as editor:
                after = migration.apply(start.clone(), editor)
            made.append(made_tables())
            assert after.apps.get_model("made", "Berth")._meta.get_field("port")
            with connection.schema_editor() as editor:
                assert migration.unapply(start.clone(), editor).models.keys() == start.models.keys()
            assert made_tables() == {}
    assert made[0] == made[1]
    assert set(made[1]) == {"made_port", "made_berth", "made_berth_pilots"}
    assert len([number for number in built if number]) <= 2, "once there and once back"


def test_statements_do_not_stand_in_what_makes_tables() -> None:
    class Wrong(InitialMigration):
        operations = [*Made.operations, migrations.RunSQL("SELECT 1")]

    with pytest.raises(ValueError, match="0002_database"):
        Wrong("0001_initial", "made")


def test_apps_are_made_after_those_that_they_point_to(monkeypatch: pytest.MonkeyPatch) -> None:
    order = squash_migrations.in_order()
    assert order.index("people") < order.index("screening") < order.index("jrcc")
    assert sorted(order) == sorted(squash_migrations.folders())
    # of the apps that share a label one has the folder
    assert [folder for folder in squash_migrations.folders().values() if not folder.is_dir()] == []
    monkeypatch.setattr(apps.get_model("people", "Desk")._meta.get_field("party"), "related_model", _of("jrcc", "Hit"))
    with pytest.raises(CommandError, match="point to each other"):
        squash_migrations.in_order()


def _of(label: str, name: str) -> Any:
    return apps.get_model(label, name)


def test_what_a_squash_would_lose_has_to_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "jrcc"
    folder.mkdir()
    (folder / "0001_initial.py").write_text("operations = [migrations.CreateModel('Hit', [])]")
    (folder / "0002_database.py").write_text("operations = [migrations.RunSQL(SQL)]")
    (folder / "0003_filled.py").write_text("operations = [migrations.RunPython(fill)]")
    monkeypatch.setattr(squash_migrations, "folders", lambda: {"jrcc": folder})
    with pytest.raises(CommandError, match=r"jrcc\.0003_filled \(RunPython\)"):
        call_command("squash_migrations")
    assert len(list(folder.iterdir())) == 3


def test_a_squash_that_fails_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "jrcc"
    folder.mkdir()
    (folder / "0001_initial.py").write_text("operations = []")
    (folder / "0003_more.py").write_text("operations = []")
    monkeypatch.setattr(squash_migrations, "folders", lambda: {"jrcc": folder})

    def fail(labels: Any) -> None:
        assert list(folder.iterdir()) == []
        (folder / "0001_initial.py").write_text("half")
        raise CommandError("no")

    monkeypatch.setattr(squash_migrations, "make", fail)
    with pytest.raises(CommandError, match="no"):
        call_command("squash_migrations")
    assert {path.name: path.read_text() for path in folder.iterdir()} == {
        "0001_initial.py": "operations = []",
        "0003_more.py": "operations = []",
    }


def test_one_app_is_squashed_and_the_others_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made stands on initial migrations alone, as if all were made: the rest is out of sight meanwhile."""
    for label, last in (("jrcc", "0003_more"), ("people", "0003_later")):
        (tmp_path / label).mkdir()
        for name in ("0001_initial", "0002_database", last):
            (tmp_path / label / f"{name}.py").write_text(f"operations = []  # {label}")
    folders = {label: tmp_path / label for label in ("jrcc", "people")}
    monkeypatch.setattr(squash_migrations, "folders", lambda: folders)
    monkeypatch.setattr(squash_migrations.subprocess, "run", lambda *_, **__: None)

    def make(labels: Any) -> None:
        assert labels == ["jrcc"]
        assert [path.name for path in tmp_path.rglob("*.py")] == ["0001_initial.py"]
        (tmp_path / "jrcc" / "0001_initial.py").write_text("made")

    monkeypatch.setattr(squash_migrations, "make", make)
    call_command("squash_migrations", "jrcc", stdout=StringIO())
    assert {path.name: path.read_text() for path in folders["jrcc"].iterdir()} == {
        "0001_initial.py": "made",
        "0002_database.py": "operations = []  # jrcc",
    }
    assert {path.stem for path in folders["people"].iterdir()} == {"0001_initial", "0002_database", "0003_later"}
    with pytest.raises(CommandError, match="no app nothing"):
        call_command("squash_migrations", "nothing")


def test_two_dumps_of_the_same_tables_are_the_same_text() -> None:
    a, b = "CREATE TABLE a (\n    z text\n);\n\n", "CREATE TABLE b (\n    x integer,\n    y text\n);\n\n"
    turned = b.replace("    x integer,\n    y text", "    y text,\n    x integer")
    one, other = f"--\n-- a dump\n\\restrict a1\n\n{b}\n{a}", f"\\restrict b2\n\n{a}\n{turned}"
    assert in_order(one) == in_order(other)
    assert in_order(one) != in_order(other.replace("y text", "y text NOT NULL"))
