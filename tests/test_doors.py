"""Records are read and written only in the files made for it. The test reads the source, not the behaviour."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from rest_framework.serializers import ModelSerializer

APPS = Path(__file__).resolve().parent.parent / "apps"
WRITES = {
    *("save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("raw", "cursor", "assign_perm", "remove_perm"),
}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
# where rows are changed: the doors themselves, actions, and the loaders of reference data and of the demonstration
WRITERS = {"actions.py", "loaders.py", "reference.py", "demo.py"}
DOORS = {
    "declared_actions.py",
    "outbox.py",
    "grants.py",
    "stream_log.py",
    "references.py",
    "idempotency.py",
    "retention.py",
}
# where a manager may be asked without an actor: selectors, and files that carry their own actor rule
READERS = {"managers.py", "queries.py", *WRITERS, *DOORS}
# wall.py makes the policies of tables, as their owner, and reads the catalogue
AUDIT_ONLY = {"repeated_refusals.py"}
ACCESS_ONLY = {"intake_lane.py", "key_rotation.py", "tasks.py", "api.py", "stream_hub.py", "middleware.py", "wall.py"}
ON_ROWS = {
    *("delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"),
    *("asave", "adelete", "aupdate", "abulk_create", "abulk_update", "aget_or_create", "aupdate_or_create"),
}
"""What is called on rows or a set of them, whatever the variable is called that holds them; `update` when named."""
KEPT_ELSEWHERE = {"cache", "session", "_connections"}
"""What holds no rows and is deleted from all the same."""
COUNTERS = {("gateway", "managers.py")}
"""Managers that write counters of their own, called by actions."""
SESSIONS = {("entrance", "sessions.py")}
"""The framework's store of sessions, which are no records, with the entrance asked before."""


def room(path: Path) -> str:
    """The file, or the package that stands for it (`actions/hits.py` is actions)."""
    parts = path.relative_to(APPS).parts
    packages = (f"{part}.py" for part in parts[1:-1])
    return next((part for part in packages if part in WRITERS | READERS), parts[-1])


def offences(source: str, file: str, app: str = "jrcc") -> Iterator[str]:
    """Lines that read or write past access, for a file of this name in this app."""
    open_here = (file in DOORS | ACCESS_ONLY and app == "access") or (app == "audit" and file in READERS | AUDIT_ONLY)
    open_here = open_here or (app, file) in SESSIONS
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


def held_offences(source: str, file: str, app: str = "jrcc") -> Iterator[str]:
    """Lines that write rows which a variable holds, for a file of this name in this app: `mine.update(state="x")`."""
    if file in WRITERS or (file in DOORS | ACCESS_ONLY and app == "access") or (app == "audit" and file in READERS):
        return
    if (app, file) in COUNTERS | SESSIONS:
        return
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        chain = names(node.func)
        named = node.func.attr == "update" and node.keywords and not node.args
        if (named or node.func.attr in ON_ROWS) and KEPT_ELSEWHERE.isdisjoint(chain):
            yield f"{node.lineno}: {'.'.join(chain) or node.func.attr}"


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


COPIERS = {"screening/managers.py"}
"""Modules that put rows into a table by COPY, for which they ask the wall (apps.access.write_guard.ask_for_copy)."""
COPY_CALLS = {"copy_expert", "copy_from", "copy_to"}
NO_CURSOR = {"shutil", "copy", "dirs"}
"""Whose `copy(…)` copies files or objects."""
COPY_SQL = re.compile(r"\bCOPY\s+\S[\s\S]*?\s(?:FROM|TO)\s+(?:STDIN|STDOUT|PROGRAM|'|%s|\{)", re.I)


def copies(source: str) -> Iterator[str]:
    """Lines that put rows into a table, or take them out, by COPY: the calls of drivers, and the statement as text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            chain, name = names(node.func), node.func.attr
            asks = bool(node.args or node.keywords) and NO_CURSOR.isdisjoint(chain[:-1])
            if name in COPY_CALLS or (name == "copy" and asks):
                yield f"{node.lineno}: {'.'.join(chain) or name}"
        elif COPY_SQL.search(_text_of(node)):
            yield f"{node.lineno}: {_text_of(node)[:60]}"  # type: ignore[attr-defined]


def _text_of(node: ast.AST) -> str:
    """A text as it stands in the source, what is put into it as {}; "" for what is none."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text_of(part) or "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_rows_are_copied_into_tables_by_the_named_modules_alone():
    found = {
        path.relative_to(APPS).as_posix(): lines
        for path in sorted(APPS.rglob("*.py"))
        if (lines := list(copies(path.read_text(encoding="utf-8"))))
    }
    assert found.keys() == COPIERS, found
    for name in COPIERS:
        assert "ask_for_copy(" in (APPS / name).read_text(encoding="utf-8"), name


def test_the_test_of_copies_sees_every_way_and_leaves_other_copies_alone():
    for line in (
        "cursor.copy(sql)",
        "connection.cursor().copy(f'COPY {table} FROM STDIN')",
        "with connection.cursor() as c, c.copy('COPY x FROM STDIN') as copy:\n    pass",
        "self.cursor.copy_expert(sql, file)",
        "c.copy_from(file, 'jrcc_hit')",
        "cursor.execute('COPY jrcc_hit (id) FROM STDIN')",
        "run(f'copy {table} ({columns}) from stdin')",
        "SQL = \"COPY jrcc_hit FROM PROGRAM 'cat'\"",
    ):
        assert list(copies(line)), line
    for line in (
        "request.POST.copy()",
        "shutil.copy(a, b)",
        "copy.copy(row)",
        "_('These words are not in the text. Copy them from the text.')",
    ):
        assert not list(copies(line)), line


PURE = {"migrations", "management", "paxlst", "matching", "rendering", "fiction"}
"""Folders whose files touch no record: their dictionaries may be updated as they like."""


def test_no_module_writes_rows_that_a_variable_holds():
    found = [
        f"{path.relative_to(APPS)}:{line}"
        for path in sorted(APPS.rglob("*.py"))
        if not PURE & set(path.parts)
        for line in held_offences(path.read_text(), room(path), path.relative_to(APPS).parts[0])
    ]
    assert found == []


def test_the_test_of_variables_sees_offences_and_leaves_dictionaries_alone():
    for line in (
        "mine = Hit.objects.visible_to(actor)\nmine.update(state='x')",
        "mine.filter(a=1).update(**changes)",
        "row.delete()",
        "queries.mine(actor).delete()",
        "rows.bulk_create(made)",
        "await row.asave()",
        "model.objects.update_or_create(a=1)",
    ):
        for file in ("views.py", "api.py", "tasks.py", "queries.py"):
            assert list(held_offences(line, file)), line
    for line in ("told.update({'a': 1})", "digest.update(chunk)", "cache.delete(key)", "request.session.delete('a')"):
        assert not list(held_offences(line, "views.py")), line
    assert not list(held_offences("rows.update(state='x')", "actions.py"))


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


def hidden_actions(source: str) -> Iterator[str]:
    """Lines that declare an action elsewhere than above a function of the module: nobody finds it by its verb."""
    tree = ast.parse(source)
    open_ = {id(one) for node in tree.body if isinstance(node, ast.FunctionDef) for one in node.decorator_list}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "action":
            continue
        if id(node) not in open_:
            yield f"{node.lineno}: {ast.unparse(node)[:60]}"
        elif not (node.args and isinstance(node.args[0], ast.Constant | ast.Name)):
            yield f"{node.lineno}: its verb is reckoned"


def test_each_action_is_one_function_with_its_verb_above_it():
    found = [
        f"{path.relative_to(APPS)}:{line}"
        for path in sorted(APPS.rglob("*.py"))
        for line in hidden_actions(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert list(hidden_actions("def make(verb):\n    return action(verb, model=A)(body)"))
    assert list(hidden_actions("def make():\n    @action('a.b')\n    def body(): ..."))
    assert list(hidden_actions("@action(f'a.{b}')\ndef body(): ..."))
    assert not list(hidden_actions("@action('a.b')\ndef body(): ..."))


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


def serializers_of(base: Any) -> Iterator[Any]:
    """All classes that were declared from one, at any distance."""
    for one in base.__subclasses__():
        yield one
        yield from serializers_of(one)


def published(serializer: Any) -> str:
    """What is wrong with the list of fields of a serializer: "" where they are listed one by one."""
    meta = getattr(serializer, "Meta", None)
    if meta is None:
        return ""
    if getattr(meta, "exclude", None) is not None:
        return "exclude"
    fields = getattr(meta, "fields", None)
    if not isinstance(fields, tuple | list) or not all(isinstance(name, str) and name != "__all__" for name in fields):
        return f"fields = {fields!r}"
    return ""


def test_no_serializer_publishes_all_fields():
    """Of all that are loaded with the addresses of the portal, in whatever file they are declared."""
    import_module("caricom_portal.urls")
    ours = [one for one in serializers_of(ModelSerializer) if one.__module__.startswith(("apps.", "caricom_portal."))]
    assert len(ours) > 90
    assert {one.__module__.split(".")[1] for one in ours} >= {"jrcc", "council", "files", "rifc"}
    assert {f"{one.__module__}.{one.__name__}": wrong for one in ours if (wrong := published(one))} == {}


def test_a_serializer_with_all_fields_or_all_but_some_would_be_seen():
    metas = [{"fields": "__all__"}, {"exclude": ("note",)}, {"fields": ("id", "__all__")}, {}]
    for told in metas:
        one = type("Leaky", (), {"Meta": type("Meta", (), told)})
        assert published(one), told
