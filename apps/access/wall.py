"""The second wall: row-level security of every table, made from the models themselves.

A policy says once more, in PostgreSQL, what `visible_to` says for a record with grants and for its parts: who forgets
the door, or comes with SQL of their own as the application's role, sees what the seat sees that asks, and nobody
without one (apps.access.database_context). Policies of a table:

    door     everything, for a declared action, the portal itself, and who else writes the table (wall_tables)
    see      reading, for a seat: level and grants of a record; of a part, that its root is seen (root's own policy);
             and all, for a page that reads the app beyond its seat
    own      of a person's own rows: reading and writing; `sign`, of the audit: adding rows in one's own name
    remove   of records and what else only retention ends: nobody removes it but for a declared reason
    planned  whoever asks is the one for whom the statement was planned

Made after each migration (`stand`), so that the author of an app has nothing to do: a table of which nothing is said
has the floor, which any seat stands on. A manager with a rule of its own has an upper bound when its rule only takes
rows away from the uniform one, which it says with `narrows`, or when it says in SQL what it takes them away from
(`bound`); else the floor. A model, or all of an app in its AppConfig, may say why there is the floor alone (`floor`);
a model, why there can be no policy (`unwalled`). Of tables that are neither records nor parts AppConfigs say more in
`walls` (apps.access.wall_tables).

Rows of a record or a part are removed by nobody, unless its model says by whom (`removed`): the right is taken away.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from apps.access.managers import PartQuerySet, ScopedQuerySet, permission_id
from apps.access.models import DeskGrant, Part, Record
from apps.access.wall_tables import FLOOR, Strength, Table

OPEN = "public.planned_open()"
SEATED = "public.planned_said('seat') <> ''"
ENTRANCE = "public.planned_said('entrance') <> ''"
WIDE = "public.planned_wide('{area}')"
CLEARED = "{row}.level <= public.planned_clearance()"
GRANTED = """{row}.level <= public.planned_clearance() AND EXISTS (
  SELECT 1 FROM {grants} g WHERE g.content_object_id = {row}.id AND g.permission_id = {permission}
    AND g.group_id = ANY (public.planned_groups()) AND g.until > now())"""
SHARED = """EXISTS (
    SELECT 1 FROM {grants} g
    WHERE g.content_object_id = {row}.{column} AND g.group_id = ANY (public.planned_groups()) AND g.until > now())"""
OF_ROOT = "EXISTS (SELECT 1 FROM {root} {alias} WHERE {alias}.id = {row}.{column}{rule})"
OWN_NUMBER = "public.planned_number('{says}')"
OWN_PARTY = "public.planned_said('party')"
OWN = "{table}.{column} = " + OWN_NUMBER
SIGNED = """seat_id = (SELECT public.wall_number('seat')) AND user_id = (SELECT public.wall_number('user'))
  OR seat_id = ANY ((SELECT string_to_array(public.wall_said('behalf'), ','))::bigint[])
  OR {seated} AND seat_id = 0 AND user_id IN (0, (SELECT public.wall_number('user')))
  OR {entrance} AND seat_id = 0
  OR (SELECT public.wall_said('portal')) <> '' AND (seat_id = 0
    OR outcome = 'refused' AND detail ? 'times'
    OR EXISTS (SELECT 1 FROM people_seat s JOIN people_desk d ON d.group_id = s.desk_id
      WHERE s.id = {table}.seat_id AND d.function_id = 'automation'))"""
"""Who writes a row of the audit in whose name: a seat in its own, an approved act in its asker's too, somebody at the
entrance in no seat's, the portal in that of its own desks; it also says how often a refusal was repeated."""
REMOVED = (
    "CREATE POLICY remove ON {table} AS RESTRICTIVE FOR DELETE USING ((SELECT public.wall_said('removal')) <> '');"
)
PLANNED = """CREATE POLICY planned ON {table} AS RESTRICTIVE
  USING (public.wall_is(public.planned_said('context')));"""
"""What the policies ask of the session stands in a plan as constants: a plan made for another finds nothing."""
NAMES = ("planned", "door", "see", "own", "sign", "remove")
FALL = "".join(f"DROP POLICY IF EXISTS {name} ON {{table}};\n" for name in NAMES)
STAND = (
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    + FALL
    + """DROP TRIGGER IF EXISTS wall ON {table};
{policies}
COMMENT ON POLICY see ON {table} IS '{digest}';
"""
)
BARE = (
    FALL
    + """ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE OR DELETE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION public.wall_written();
COMMENT ON TRIGGER wall ON {table} IS '{digest}';
"""
)
LASTING = "REVOKE DELETE, TRUNCATE ON {table} FROM portal_app;"
REMOVABLE = "GRANT DELETE ON {table} TO portal_app;"
STANDING = """
SELECT c.relname, obj_description(p.oid, 'pg_policy') FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE p.polname = 'see' AND c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT c.relname, obj_description(t.oid, 'pg_trigger') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgname = 'wall' AND c.relnamespace = 'public'::regnamespace
"""
HOLDER = "people"
"""The app with whose migrations the tables are guarded that no model stands for, and `django_migrations`."""
Permission = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Wall:
    """What the policies of a table let through."""

    table: str
    strength: Strength
    seen: str = ""
    """What a seat reads, in SQL; of NONE nothing is asked."""
    why: str = ""
    """Why it is no nearer to the door."""
    written: Table = FLOOR
    """Who writes besides actions and the portal."""
    kept: bool = False
    """Whether rows are removed for a reason of database_context.REMOVALS alone."""
    right: str = ""
    """To remove rows, of records and parts: given or taken away, in SQL."""

    @property
    def exact(self) -> bool:
        """Whether the door lets exactly these rows through; else it takes some away from them, or has another rule."""
        return self.strength == Strength.EXACT

    @property
    def digest(self) -> str:
        """Of everything that the policies say, and of the right to remove rows."""
        return hashlib.sha256((STAND + BARE + self.policies() + self.right).encode()).hexdigest()[:16]

    def policies(self) -> str:
        """The statements that make the policies."""
        if self.strength == Strength.NONE:
            return ""
        also = [ENTRANCE] if self.written.entrance else []
        may = " OR ".join([OPEN, *also, *([SEATED] if self.written.seats_write else [])])
        made = [
            PLANNED.format(table=self.table),
            f"CREATE POLICY see ON {self.table} FOR SELECT USING ({self.seen});",
        ]
        if self.written.signed:
            sign = SIGNED.format(table=self.table, seated=SEATED, entrance=ENTRANCE)
            made.append(f"CREATE POLICY door ON {self.table} FOR SELECT USING ({OPEN} OR {ENTRANCE} AND seat_id = 0);")
            made.append(f"CREATE POLICY sign ON {self.table} FOR INSERT WITH CHECK ({sign});")
        else:
            made.append(f"CREATE POLICY door ON {self.table} USING ({may}) WITH CHECK ({may});")
        if self.written.column:
            own = OWN.format(table=self.table, column=self.written.column, says=self.written.says)
            made.append(f"CREATE POLICY own ON {self.table} USING ({own}) WITH CHECK ({own});")
        if self.kept:
            made.append(REMOVED.format(table=self.table))
        return "\n".join(made)

    def statements(self) -> str:
        """Make the policies, and give or take the right, as the owner of the table."""
        made = BARE if self.strength == Strength.NONE else STAND
        return made.format(table=self.table, policies=self.policies(), digest=self.digest) + self.right


def records_and_parts() -> Iterator[Any]:
    """Models of what is shared as a whole, and of its parts."""
    return (model for model in apps.get_models() if issubclass(model, Record | Part))


def _is_record(model: Any) -> bool:
    return issubclass(model, Record)


def is_uniform(model: Any) -> bool:
    """Whether the door is the uniform one for records, or for parts."""
    door = type(model._default_manager.all()).visible_to
    return door is ScopedQuerySet.visible_to or door is PartQuerySet.visible_to


def _said_floor(model: Any) -> str:
    """What the model says, else its app."""
    return str(getattr(model._meta.app_config, "floor", "") if model.floor is None else model.floor)


def why_floor(model: Any) -> str:
    """Why a record or a part has no more than the floor; "" when it has."""
    if said := _said_floor(model):
        return said
    if not is_uniform(model) and not _only_narrows(model) and not _bound(model):
        return "its manager has a rule of its own"
    if issubclass(model, Part) and not _bound(model):
        root = _root(model).related_model
        if not issubclass(root, Record | Part):
            return f"its root, {root._meta.label}, is no record"
        if why_floor(root):
            return f"its root, {root._meta.label}, has the floor"
    return ""


def _only_narrows(model: Any) -> bool:
    """Whether each manager class that changes the door says that it takes rows away and gives none."""
    classes = [one for one in type(model._default_manager.all()).__mro__ if "visible_to" in vars(one)]
    own = [one for one in classes if one not in (ScopedQuerySet, PartQuerySet)]
    return all(vars(one).get("narrows", False) for one in own)


def _bound(model: Any) -> str:
    return str(type(model._default_manager.all()).bound)


def _root(model: Any) -> Any:
    return model._meta.get_field(model.root_field)


def wall_of(model: Any, permission: Permission | None = None) -> Wall:
    """The wall of a model's table. Permission.DoesNotExist before those of its app are made."""
    if not issubclass(model, Record | Part):
        return _of_table(model._meta.db_table, model._meta.label_lower)
    table = model._meta.db_table
    right = (REMOVABLE if model.removed else LASTING).format(table=table)
    if why := model.unwalled:
        return Wall(table, Strength.NONE, why=why, right=right)
    if why := why_floor(model):
        return Wall(table, Strength.FLOOR, SEATED, why, kept=model.kept_rows, right=right)
    rule, exact = _rule(model, table, permission or _view_id)
    strength, wide = Strength.EXACT if exact else Strength.BOUND, WIDE.format(area=model._meta.app_label)
    return Wall(table, strength, f"{wide} OR ({rule})", kept=model.kept_rows, right=right)


def _rule(model: Any, row: str, permission: Permission) -> tuple[str, bool]:
    """(what the door asks of a row, in SQL; whether it asks no more)."""
    if bound := _bound(model):
        mine = {name: OWN_NUMBER.format(says=name) for name in ("desk", "user", "seat")}
        said = {"party": OWN_PARTY, "cleared": CLEARED.format(row=row), **mine}
        return bound.format(row=row, **said, **_of_grants(model, row, permission)), False
    if not issubclass(model, Part):
        return _held(model, row, permission), is_uniform(model)
    field = _root(model)
    root = field.related_model
    alias = f"of_{row}"
    asked, exact = _rule(root, alias, permission)
    rule = ""
    if root.unwalled:  # a root without a policy of its own is asked here
        rule = f" AND {asked}"
    elif getattr(type(root._default_manager.all()), "bare_row", False):  # its row is shown to more than see its parts
        rule = " AND " + _held(root, alias, permission)
    found = OF_ROOT.format(root=root._meta.db_table, alias=alias, row=row, column=field.column, rule=rule)
    return found, is_uniform(model) and exact


def _of_grants(model: Any, row: str, permission: Permission) -> dict[str, str]:
    """What a bound may say of grants: `held` of a record, `shared` of a part whose root is one."""
    if _is_record(model):
        return {"held": _held(model, row, permission)}
    field = _root(model)
    if not _is_record(field.related_model):
        return {}
    return {"shared": SHARED.format(row=row, column=field.column, grants=_grants(field.related_model))}


def _held(record: Any, row: str, permission: Permission) -> str:
    return GRANTED.format(row=row, grants=_grants(record), permission=permission(record))


def _grants(record: Any) -> str:
    """The table of a record's grants; guardian's own way to it asks the database."""
    tables: Iterator[Any] = (model for model in apps.get_models() if issubclass(model, DeskGrant))
    return next(one._meta.db_table for one in tables if one._meta.get_field("content_object").related_model is record)


def _view_id(model: Any) -> int:
    """Not kept: the permission may have been made a moment ago."""
    return permission_id.__wrapped__(model, "view")


def said_of(name: str) -> Table:
    """What AppConfigs say of a label or a bare table; the floor where nothing is said."""
    return next((found for config in apps.get_app_configs() if (found := _walls(config).get(name))), FLOOR)


def _walls(config: Any) -> dict[str, Table]:
    said: dict[str, Table] = getattr(config, "walls", {})
    return said


def _of_table(table: str, name: str) -> Wall:
    said = said_of(name)
    if said.strength == Strength.OWN:
        own = OWN.format(table=table, column=said.column, says=said.says)
        area, dot, _name = name.partition(".")
        return Wall(table, said.strength, f"{WIDE.format(area=area)} OR {own}" if dot else own, "", said, said.kept)
    seen = {Strength.OPEN: "true", Strength.PORTAL: "false", Strength.FLOOR: SEATED}.get(said.strength, "")
    return Wall(table, said.strength, seen, said.why, said, said.kept)


def bare_tables() -> list[str]:
    """Tables that no model stands for, as AppConfigs name them."""
    return sorted(name for config in apps.get_app_configs() for name in _walls(config) if "." not in name)


def walls(permission: Permission | None = None) -> dict[str, Wall]:
    """Of every table, by its name."""
    models = [model for model in apps.get_models(include_auto_created=True) if not model._meta.proxy]
    found = {model._meta.db_table: wall_of(model, permission) for model in models}
    return found | {name: _of_table(name, name) for name in bare_tables()}


def plan() -> str:
    """A text that changes with what any policy says, but for numbers of permissions; asks nothing of the database."""
    return "\n".join(one.statements() for one in walls(lambda model: model._meta.label).values())


def stand(sender: Any, **_about: Any) -> None:
    """Bring the policies of an app's tables in line with its models; for post_migrate, as the owner."""
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = dict(cursor.fetchall())
        present = set(connection.introspection.table_names(cursor))
        own = [model for model in sender.get_models(include_auto_created=True) if model._meta.db_table in present]
        due = [wall_of(model) for model in own]
        if sender.label == HOLDER:
            due += [_of_table(name, name) for name in bare_tables() if name in present]
        for wall in due:
            if standing.get(wall.table) != wall.digest and not wall.written.by_migration:
                cursor.execute(wall.statements())
