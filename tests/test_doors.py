"""Records are read and written only in the files made for it. The test reads the source, not the behaviour."""

import ast
from collections.abc import Iterator
from pathlib import Path

APPS = Path(__file__).resolve().parent.parent / "apps"
WRITES = {
    *("save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("raw", "cursor", "assign_perm", "remove_perm"),
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# where rows are changed: the doors themselves, actions, and the loaders of reference data and of the demonstration
WRITERS = {"actions.py", "reference.py", "demo.py"}
DOORS = {"doors.py", "outbox.py", "sharing.py", "stream_log.py", "references.py", "idempotency.py", "retention.py"}
# where a manager may be asked without an actor: selectors, and files that carry their own actor rule
READERS = {"managers.py", "queries.py", *WRITERS, *DOORS}
ACCESS_ONLY = {"tasks.py", "api.py", "stream_hub.py", "middleware.py"}
MAPPINGS = {"request.session", "response.headers", "errors", "fields", "hashlib", "digest"}


def room(path: Path) -> str:
    """The file, or the package that stands for it (`actions/hits.py` is actions)."""
    parts = path.relative_to(APPS).parts
    return f"{parts[1]}.py" if len(parts) > 2 and f"{parts[1]}.py" in WRITERS | READERS else parts[-1]


def offences(source: str, file: str, app: str = "jrcc") -> Iterator[str]:
    """Lines that read or write past the doors, for a file of this name in this app."""
    open_here = (file in DOORS | ACCESS_ONLY and app == "access") or (app == "audit" and file in READERS)
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Attribute):
            continue
        chain = names(node)
        if node.attr in WRITES and any(name in MANAGERS for name in chain) and not (file in WRITERS or open_here):
            yield f"{node.lineno}: {'.'.join(chain)}"
        if node.attr in {"save", "cursor"} and touches_data(chain) and not (file in READERS or open_here):
            yield f"{node.lineno}: {'.'.join(chain)}"
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else ""
        if owner in MANAGERS and node.attr != "visible_to" and not (file in READERS or open_here):
            yield f"{node.lineno}: {'.'.join(chain)}"


def names(node: ast.AST) -> list[str]:
    """The dotted names of an expression, calls looked through: `Hit.objects.filter(…).update` → four names."""
    if isinstance(node, ast.Attribute):
        return [*names(node.value), node.attr]
    if isinstance(node, ast.Call):
        return names(node.func)
    return [node.id] if isinstance(node, ast.Name) else []


def touches_data(chain: list[str]) -> bool:
    return not any(word in chain for word in ("session", "form", "wizard"))


def test_every_module_keeps_to_the_doors():
    found = [
        f"{path.relative_to(APPS)}:{line}"
        for path in sorted(APPS.rglob("*.py"))
        if not {"migrations", "management", "paxlst", "matching", "rendering"} & set(path.parts)
        for line in offences(path.read_text(), room(path), path.relative_to(APPS).parts[0])
    ]
    assert found == []


def test_the_test_itself_sees_offences():
    for line in (
        "Referral.objects.all()",
        "row.save()",
        "Hit.objects.visible_to(a).update(state='x')",
        "Referral._base_manager.get(pk=1)",
        "connection.cursor()",
    ):
        assert list(offences(line, "views.py")), line


def test_reading_through_the_door_is_no_offence():
    assert not list(offences("Hit.objects.visible_to(a).filter(x=1).exists()", "views.py"))


def test_no_related_manager_opens_a_third_door():
    """A reverse relation of a record would be readable from templates, past visible_to."""
    from django.apps import apps as registry

    from apps.access.models import Part, Record

    open_relations = [
        f"{relation.related_model.__name__}.{relation.field.name}"
        for model in registry.get_models()
        if issubclass(model, Record)
        for relation in model._meta.related_objects
        if not relation.hidden and not issubclass(relation.related_model, Part)
    ]
    assert [name for name in open_relations if "DeskGrant" not in name] == []


def test_no_serializer_publishes_all_fields():
    sources = [path.read_text() for path in APPS.rglob("api.py")]
    assert sources
    assert not any("__all__" in source.replace("__all__ = [", "") for source in sources)
