"""Statements for other floors: what a report's versions say of persons and things, and what of it stands for a seat."""

import dataclasses
import uuid
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from apps.access.actor import Actor
from apps.access.managers import permission_id
from apps.entities.models import Assertion, LinkEvidence, Sighting
from apps.rifc.models import Report


def of_report(thread: Any) -> tuple[list[Assertion], list[LinkEvidence], list[Sighting]]:
    """Current facts, evidence of links (with the link) and sightings that rest on a report, for whoever sees it.

    Not what a desk keeps for itself. In the order in which they were recorded; three queries.
    """
    narrow = {"thread": thread, "state": "current", "kept_by": None}
    facts = Assertion.objects.filter(**narrow).select_related("entity").order_by("pk")
    links = LinkEvidence.objects.filter(**narrow).select_related("link").order_by("pk")
    return list(facts), list(links), list(Sighting.objects.filter(**narrow).order_by("pk"))


def standing(actor: Actor, ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of these statements that a page would show the actor now: the rule of the pages itself. One query."""
    sql, params = _standing(dataclasses.replace(actor, request_id="", address=None), permission_id(Report, "view"))
    if not ids or not sql:
        return set()
    wanted = list(ids)
    with connection.cursor() as cursor:
        cursor.execute(sql, [one for each in params for one in (*each, wanted)])
        return {row[0] for row in cursor.fetchall()}


@lru_cache(maxsize=500)
def _standing(actor: Actor, _permission: int) -> tuple[str, tuple[tuple[Any, ...], ...]]:
    """(the statement, the parameters of each of its parts): made once for each seat, as in `apps.entities.managers`."""
    parts, params = [], []
    for model in (Assertion, LinkEvidence, Sighting):
        rows = model.objects.visible_to(actor).current().values_list("pk")
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:
            return "", ()
        parts.append(f"({sql} AND {model._meta.db_table}.id = ANY(%s))")
        params.append(tuple(given))
    return " UNION ALL ".join(parts), tuple(params)
