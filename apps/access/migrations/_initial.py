"""The first migration of an app: all its tables at once."""

from typing import Any

from django.db import migrations, router
from django.db.migrations.operations.fields import FieldOperation
from django.db.migrations.operations.models import IndexOperation, ModelOperation


class InitialMigration(migrations.Migration):
    """The same tables as Django makes from the operations, without what Django does between any two of them.

    After each operation Django builds the classes of all models that are related to the changed one, however far:
    here nearly all of the project, for each of a thousand operations (a new database took 180 s of processor time).
    Between the first table of an app and the last one nobody asks for these classes, so they are built once.
    """

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        if not all(isinstance(one, ModelOperation | FieldOperation | IndexOperation) for one in self.operations):
            raise ValueError(f"{app_label}.{name}: only what makes tables; statements stand in 0002_database")

    def apply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Make the tables of all models as they stand after the last operation; the state after it."""
        after = self._after(project_state)
        for model in self._models(after, schema_editor):
            schema_editor.create_model(model)  # keys to other tables are made at the end, so that the order is free
        return after

    def unapply(self, project_state: Any, schema_editor: Any, collect_sql: bool = False) -> Any:
        """Remove them; the state before."""
        for model in reversed(self._models(self._after(project_state), schema_editor)):
            schema_editor.delete_model(model)
        return project_state

    def _after(self, before: Any) -> Any:
        after = before.clone()
        vars(after).pop("apps", None)  # a cached property; while it is there each operation builds classes
        return self.mutate_state(after, preserve=False)

    def _models(self, state: Any, schema_editor: Any) -> list[Any]:
        alias = schema_editor.connection.alias
        models = state.apps.get_app_config(self.app_label).get_models()
        return [model for model in models if router.allow_migrate_model(alias, model)]
