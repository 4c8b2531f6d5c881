"""What a migration may not do while the release before still works on the same tables (docs/how-to/migrations.md)."""

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

BIG = {
    *("jrcc.traveller", "jrcc.booking", "jrcc.submission", "jrcc.journey", "jrcc.hit", "screening.entrykey"),
    *("screening.entry", "screening.entryversion", "access.streamevent", "access.dispatch", "notices.notice"),
    *("rifc.readlog", "search.asked"),
}
"""Tables that reach millions of rows within a year: an index made plainly stops all writing to them for minutes."""
CONTRACT = "_contract_"
"""Stands in the name of a migration that takes away what the release before this one no longer uses."""
Check = Callable[[str, Any, ProjectState, set[str]], str | None]


def faults_of(name: str, migration: migrations.Migration, before: ProjectState) -> list[str]:
    """A sentence for each operation that would stop or break a portal at work; `name` is app.0003_what_it_does."""
    label, state = name.partition(".")[0], before.clone()
    made: set[str] = set()
    found: list[str] = []
    for operation in _flat(migration.operations):
        if isinstance(operation, migrations.CreateModel):
            made.add(f"{label}.{operation.name_lower}")
        taken_away = None if CONTRACT in name else _taken_away(label, operation, state)
        found += filter(None, (taken_away, _added(label, operation, made), _locked(label, operation, made)))
        operation.state_forwards(label, state)
    return found


def _flat(operations: Any) -> Iterator[Any]:
    for operation in operations:
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            yield from _flat(operation.database_operations)
        else:
            yield operation


def _taken_away(label: str, operation: Any, before: ProjectState) -> str | None:
    """What the release before reads or writes is there no longer."""
    match operation:
        case migrations.RenameField() | migrations.RenameModel() | migrations.AlterModelTable():
            return f"{operation.describe()}: add the new one, write both, and take the old one away later"
        case migrations.RemoveField() | migrations.DeleteModel():
            return f"{operation.describe()}: only in a migration named *{CONTRACT}*, a release after its last use"
        case migrations.AlterField():
            old = before.models[label, operation.model_name_lower].fields[operation.name_lower]
            return _narrowed(operation, old)
    return None


def _narrowed(operation: Any, old: Any) -> str | None:
    new = operation.field
    types = [field.db_type(connection) for field in (old, new) if not field.is_relation]
    shorter = (new.max_length or 0) < (old.max_length or 0) if hasattr(new, "max_length") and new.max_length else False
    widened = {models.CharField, models.TextField} >= {type(old), type(new)} and not shorter
    if old.null and not new.null and new.db_default is models.NOT_PROVIDED:
        return f"{operation.describe()}: the release before writes rows without it"
    if shorter or (len(set(types)) > 1 and not widened):
        return f"{operation.describe()}: another type of column; add a new one and write both"
    return None


def _added(label: str, operation: Any, made: set[str]) -> str | None:
    """Django's own default is not PostgreSQL's: rows of the release before would have none."""
    if isinstance(operation, migrations.AddField) and f"{label}.{operation.model_name_lower}" not in made:
        field = operation.field
        if not (field.null or field.many_to_many or field.db_default is not models.NOT_PROVIDED):
            return f"{operation.describe()}: null=True or db_default, so that the release before can write rows"
    return None


def _locked(label: str, operation: Any, made: set[str]) -> str | None:
    """A big table that nobody can write to for minutes."""
    table = f"{label}.{getattr(operation, 'model_name', '')}".lower()
    if table not in BIG - made:
        return None
    match operation:
        case AddIndexConcurrently() | AddConstraintNotValid():
            return None
        case migrations.AddIndex():
            return f"{operation.describe()}: AddIndexConcurrently in a migration with atomic = False"
        case migrations.AddConstraint(constraint=models.CheckConstraint()):
            return f"{operation.describe()}: AddConstraintNotValid, and ValidateConstraint in the next migration"
        case migrations.AddConstraint(constraint=models.UniqueConstraint() | ExclusionConstraint()):
            return f"{operation.describe()}: make its index concurrently with SQL, then the constraint from the index"
        case migrations.AddField(field=field) | migrations.AlterField(field=field):
            return f"{operation.describe()}: its index is made plainly" if _brings_an_index(operation, field) else None
    return None


def _brings_an_index(operation: Any, field: Any) -> bool:
    return isinstance(operation, migrations.AddField) and (field.db_index or field.unique)
