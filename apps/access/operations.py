"""What migrations of this project need beside Django's operations.

Django builds the classes of a state of the project anew at every operation on a model: those of all models that are
related to it, which here is nearly all, 0.2 s each time. A new database took most of a minute for that alone. These
operations build the classes of the models that they change and of what those point to, once, and leave the others
until somebody asks for one.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import operations as django
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation

Key = tuple[str, str]
"""(label of the app, name of the model in lower case)."""

FIELDS = (django.AddField, django.AlterField, django.RemoveField)


class _Later:
    """The classes of a state, built when somebody asks for one.

    The executor asks before each migration that they are there; most migrations need none of them.
    """

    def __init__(self, state: ProjectState) -> None:
        self._state = state
        self._built: StateApps | None = None

    def clone(self) -> Any:
        """The same for a copy of the state."""
        return self._built.clone() if self._built is not None else _Later(self._state)

    def __getattr__(self, name: str) -> Any:
        if self._built is None:
            self._built = StateApps(list(self._state.real_apps), self._state.models)
        return getattr(self._built, name)


class _Together(Operation):
    """Operations on models, carried out one after the other with the classes built once for all of them."""

    reduces_to_sql = True
    serialization_expand_args = ["operations"]

    def __init__(self, operations: Sequence[Any]) -> None:
        self.operations = operations

    def _names(self) -> list[str]:
        """The models that are created or changed."""
        raise NotImplementedError

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # a cached property, and each operation would build the classes again while it is there
        had = vars(state).pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if had is not None:
            vars(state)["apps"] = _Later(state.clone())

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        before, after = self._part(app_label, from_state), self._part(app_label, to_state)
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, before, after)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        before, after = self._part(app_label, from_state), self._part(app_label, to_state)
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, before, after)

    def _part(self, app_label: str, state: ProjectState) -> ProjectState:
        """The state with the models of these operations, and all that they point to, alone."""
        wanted = [(app_label, name.lower()) for name in self._names()]
        found: dict[Key, ModelState] = {}
        while wanted:
            key = wanted.pop()
            if key not in found and key in state.models:
                found[key] = state.models[key]
                wanted += _pointed_to(found[key])
        return ProjectState(found, state.real_apps)


def _pointed_to(model: ModelState) -> Iterator[Key]:
    for field in model.fields.values():
        relation: Any = field.remote_field
        if relation:
            yield resolve_relation(relation.model, model.app_label, model.name_lower)
            through = getattr(relation, "through", None)
            if through:
                yield resolve_relation(through, model.app_label, model.name_lower)
    yield from (resolve_relation(base, model.app_label) for base in model.bases if isinstance(base, str))


class CreateModels(_Together):
    """Create these models, each after those it points to."""

    def _names(self) -> list[str]:
        return [operation.name for operation in self.operations]

    def describe(self) -> str:
        return "Create models " + ", ".join(self._names())


class ChangeModels(_Together):
    """Add, alter and remove fields, indexes and constraints of models that are there already.

    No field may stand in two of the operations: each sees what was there before all of them, and what is there after.
    """

    def __init__(self, operations: Sequence[Any]) -> None:
        super().__init__(operations)
        fields = [(one.model_name_lower, one.name_lower) for one in operations if isinstance(one, FIELDS)]
        if len(fields) != len(set(fields)):
            raise ValueError("a field stands in two operations")
        # what points to such a column would have to change with it, and is not looked for here
        if any(isinstance(one, django.AlterField) and one.field.unique for one in operations):
            raise ValueError("a key or unique field is altered: leave this operation by itself")

    def _names(self) -> list[str]:
        return sorted({getattr(one, "model_name", None) or one.name for one in self.operations})

    def describe(self) -> str:
        return "Change models " + ", ".join(self._names())
