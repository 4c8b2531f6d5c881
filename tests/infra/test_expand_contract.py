"""A migration lets the release before go on working: each rule once broken, and all migrations after the first."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.infra.expand_contract import BIG, faults_of

HIT = ("jrcc", "hit")
PORT = ("jrcc", "port")
FIELDS = [
    ("id", models.BigAutoField(primary_key=True)),
    ("place", models.CharField(max_length=20, null=True)),
    ("due", models.IntegerField()),
]
FULL = models.CheckConstraint(condition=models.Q(due__gt=0), name="due_is_positive")
INDEX = models.Index(fields=["due"], name="hits_by_due")


def before() -> ProjectState:
    state = ProjectState()
    for label, name in (HIT, PORT):
        state.add_model(ModelState(label, name.title(), [(one, field.clone()) for one, field in FIELDS]))
    return state


def faults(*operations: Any, name: str = "jrcc.0003_more") -> list[str]:
    migration = migrations.Migration(name.partition(".")[2], "jrcc")
    migration.operations = list(operations)
    return faults_of(name, migration, before())


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RenameField("port", "due", "due_on"),
        migrations.RenameModel("Port", "Harbour"),
        migrations.AlterModelTable("Port", "harbours"),
        migrations.RemoveField("port", "due"),
        migrations.DeleteModel("Port"),
        migrations.AlterField("port", "place", models.CharField(max_length=20)),
        migrations.AlterField("port", "place", models.CharField(max_length=19, null=True)),
        migrations.AlterField("port", "due", models.TextField()),
        migrations.AddField("port", "depth_m", models.IntegerField()),
        migrations.AddField("port", "depth_m", models.IntegerField(default=3)),
        migrations.AddIndex("hit", INDEX),
        migrations.AddConstraint("hit", FULL),
        migrations.AddConstraint("hit", models.UniqueConstraint(fields=["due"], name="one_due")),
        migrations.AddField("hit", "port", models.ForeignKey("jrcc.Port", models.CASCADE, null=True)),
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RemoveField("port", "due")]),
    ],
    ids=lambda one: one.describe(),
)
def test_what_breaks_or_stops_the_release_before_is_refused(operation: Any) -> None:
    assert len(faults(operation)) == 1


@pytest.mark.parametrize(
    "operations",
    [
        [migrations.AddField("port", "depth_m", models.IntegerField(null=True))],
        [migrations.AddField("port", "depth_m", models.IntegerField(db_default=3))],
        [migrations.AlterField("port", "place", models.CharField(max_length=40, null=True))],
        [migrations.AlterField("port", "place", models.TextField(null=True))],
        [migrations.AlterField("port", "due", models.IntegerField(help_text="days"))],
        [migrations.AddIndex("port", INDEX), migrations.AddConstraint("port", FULL)],
        [AddIndexConcurrently("hit", INDEX), AddConstraintNotValid("hit", FULL)],
        [migrations.CreateModel("Quay", [*FIELDS, ("end", models.IntegerField())])],
        [
            migrations.CreateModel("Quay", FIELDS),
            migrations.AddField("quay", "port", models.ForeignKey("jrcc.Port", models.CASCADE)),
        ],
    ],
)
def test_what_adds_only_is_let_through(operations: list[Any]) -> None:
    assert faults(*operations) == []


def test_the_second_step_says_in_its_name_that_it_takes_away() -> None:
    assert faults(migrations.RemoveField("port", "due"), name="jrcc.0004_contract_due_days") == []
    assert len(faults(migrations.AddIndex("hit", INDEX), name="jrcc.0004_contract_due_days")) == 1


def test_all_migrations_after_the_first_let_the_release_before_work() -> None:
    own = {config.label for config in apps.get_app_configs() if config.name.startswith("apps.")}
    loader = MigrationLoader(None, ignore_no_migrations=True)
    later = [key for key in loader.disk_migrations if key[0] in own and not loader.disk_migrations[key].initial]
    found = {
        ".".join(key): faults_of(".".join(key), loader.disk_migrations[key], loader.project_state(key, at_end=False))
        for key in later
    }
    assert {name: sentences for name, sentences in found.items() if sentences} == {}


def test_the_big_tables_are_there() -> None:
    assert {f"{model._meta.app_label}.{model._meta.model_name}" for model in apps.get_models()} >= BIG
