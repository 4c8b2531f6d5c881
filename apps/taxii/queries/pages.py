"""Pages of a collection: by key, in the order of `date_added`, filtered before they are cut.

No model instances on this path: rows as they come, and texts that are only joined.
"""

import datetime
from collections.abc import Callable, Sequence
from collections.abc import Collection as Many
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from apps.access.actor import Actor
from apps.access.managers import seen_keys
from apps.access.refusal import Refused
from apps.entities.queries import statements
from apps.rifc.models import Report
from apps.taxii.protocol.requests import Asked
from apps.taxii.stix.times import moment

Note = Callable[[Actor, Any, Many[Any], Many[Any]], set[Any]]
"""Those of versions that may be sent, their reading noted; and those of others that are only seen."""

TABLES = "FROM taxii_entry e JOIN taxii_objectversion o ON o.id = e.object_id"
TIMES = 20
"""How often a page is put together anew because something on it was taken back meanwhile."""


class Line(NamedTuple):
    """An entry. `rests`: see `ObjectVersion.rests_on`; `payload` is empty where only the list is asked for."""

    added: datetime.datetime
    id: str
    version: str
    report: Any
    object: int
    rests: list[Any]
    payload: str


@dataclass(slots=True)
class Hidden:
    """What a page leaves out: versions of reports that may no longer be seen, objects of which a statement fell."""

    reports: set[Any] = field(default_factory=set)
    objects: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Page:
    """Entries in order, and whether another follows that the asker may see."""

    lines: list[Line] = field(default_factory=list)
    more: bool = False


def read_collection_page(actor: Actor, collection: Any, asked: Asked, place: Any, note: Note | None = None) -> Page:
    """A page as the rules of release and of persons and things have it now, whatever the collection still holds.

    With `note` it has the texts, and their readings are noted before anything is sent. What may no longer be seen is
    left out and the page filled up from what follows, so that neither its length nor `more` tells of it.
    """
    hidden = Hidden()
    noted: set[Any] = set()
    standing: set[Any] = set()
    for _time in range(TIMES):
        found = _lines(collection, asked, place, hidden, texts=note is not None)
        fallen = _fallen(actor, found, standing)
        if fallen:
            hidden.objects |= fallen
            continue
        lines, following = found[: asked.limit], found[asked.limit :]
        told = {line.report for line in lines if line.report} - noted
        peeked = {line.report for line in following if line.report} - noted - told
        seen = note(actor, collection, told, peeked) if note else visible(actor, told | peeked)
        gone = (told | peeked) - seen
        noted |= seen & told
        if not gone:
            return Page(lines, bool(following))
        hidden.reports |= gone
    raise Refused("wrong-state")


def _fallen(actor: Actor, lines: Sequence[Line], standing: set[Any]) -> set[int]:
    """Objects of which a statement does not stand for the actor; what does is added to `standing`."""
    asked = {one for line in lines for one in line.rests} - standing
    if not asked:
        return set()
    standing |= statements.standing(actor, asked)
    return {line.object for line in lines if not standing.issuperset(line.rests)}


def visible(actor: Actor, reports: Many[Any]) -> set[Any]:
    """Those of these versions that the actor's desk may fetch by program now."""
    if not reports:
        return set()
    seen = seen_keys(Report, actor)
    with connection.cursor() as cursor:
        cursor.execute(f"{seen.sql} AND rifc_report.id = ANY(%s)", [*seen.params, list(reports)])
        return {row[0] for row in cursor.fetchall()}


def _lines(collection: Any, asked: Asked, place: Any, hidden: Hidden, *, texts: bool) -> list[Line]:
    """One entry more than the page has, if there is one."""
    conditions, params = _conditions(collection, asked, place, hidden)
    payload = "o.payload" if texts else "''"
    columns = f"e.date_added, e.stix_id, e.version, e.report_id, e.object_id, o.rests_on, {payload}"
    # the parts are constants of this module; what was asked is passed as parameters
    sql = f"SELECT {columns} {TABLES} WHERE {' AND '.join(conditions)} ORDER BY e.date_added LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, asked.limit + 1])
        return [Line(*row) for row in cursor.fetchall()]


def _conditions(collection: Any, asked: Asked, place: Any, hidden: Hidden) -> tuple[list[str], list[Any]]:
    conditions, params = ["e.collection_id = %s"], [collection.pk]
    for column, values in (("e.stix_id", asked.ids), ("e.stix_type", asked.types)):
        if values:
            conditions.append(f"{column} = ANY(%s)")
            params.append(list(values))
    after = max((one for one in (asked.after, place) if one is not None), default=None)
    if after is not None:
        conditions.append("e.date_added > %s")
        params.append(after)
    if hidden.reports:
        conditions.append("(e.report_id IS NULL OR e.report_id <> ALL(%s))")
        params.append(list(hidden.reports))
    if hidden.objects:
        conditions.append("e.object_id <> ALL(%s)")
        params.append(list(hidden.objects))
    if asked.specs and "2.1" not in asked.specs:
        conditions.append("false")
    if "all" not in asked.versions:
        conditions.append(_versions(asked.versions, params))
    return conditions, params


def _versions(wanted: tuple[str, ...], params: list[Any]) -> str:
    either = [f"e.is_{word}" for word in ("last", "first") if word in wanted]
    moments = [moment(one) for one in wanted if one not in {"last", "first"}]
    if moments:
        either.append("e.version_at = ANY(%s)")
        params.append(moments)
    return f"({' OR '.join(either)})"


def exists(actor: Actor, collection: Any, stix_id: str) -> bool:
    """Whether an object is in the collection in a version that the actor may see."""
    sql = f"SELECT DISTINCT e.report_id, o.rests_on {TABLES} WHERE e.collection_id = %s AND e.stix_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [collection.pk, stix_id])
        rows = cursor.fetchall()
    seen = {None, *visible(actor, {report for report, _rests in rows if report})}
    stand = statements.standing(actor, {one for _report, rests in rows for one in rests})
    return any(report in seen and stand.issuperset(rests) for report, rests in rows)
