"""What records are called in the audit trail: as search calls them."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CharField, TextField, Value
from django.db.models.functions import Cast

from apps.access.statements import make_statement
from apps.audit import titles
from apps.search.queries import kinds, statements
from apps.search.rules.question import Question


@titles.register_titles
def titles_of(reader: Any, records: Collection[titles.Named]) -> dict[titles.Named, str]:
    """Of those that the reader sees; kinds of persons are left out, a name is not for every reader of a trail."""
    parts = []
    for kind in kinds.all_of(reader):
        model: Any = getattr(getattr(kind.rows, "__self__", None), "model", None)
        keys = [] if model is None or kind.persons or kind.heads else _keys(model, records)
        if keys:
            said: Any = {"_type": Value(model._meta.label_lower, CharField()), "_key": Cast("pk", TextField())}
            said["_title"] = Cast(kind.title, TextField())
            rows = kind.rows(reader).filter(pk__in=keys).order_by().annotate(**said)
            parts.append(make_statement(rows.values_list("_type", "_key", "_title")))
    found = statements.run([part for part in parts if part], Question())
    return {(kind, key): title for kind, key, title in found if title}


def _keys(model: Any, records: Collection[titles.Named]) -> list[Any]:
    """Keys of a model among records; what is no key of it is left out."""
    found = []
    for kind, key in records:
        if kind == model._meta.label_lower:
            try:
                found.append(model._meta.pk.to_python(key))
            except ValidationError:
                continue
    return found
