"""What came in, and what it would become."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.entities.queries import words
from apps.people.models import Party
from apps.taxii.models import Collection, Entry, Intake, ObjectVersion
from apps.taxii.queries.namespace import namespace
from apps.taxii.stix import common, imports, validation
from apps.taxii.stix.exports import party_id

I = Intake.State  # noqa: E741
BOXES = {"open": [I.WAITING, I.OPEN], "drafted": [I.DRAFTED], "discarded": [I.DISCARDED]}


def find_intakes(actor: Actor, box: str, before: Any = None) -> Any:
    """What came to the actor's desk, in a box."""
    return Intake.objects.visible_to(actor, before=before).filter(owner_id=actor.desk_id, state__in=BOXES[box])


def objects(row: Intake) -> list[dict[str, Any]]:
    """What was new in it, in its order. One query."""
    found = ObjectVersion.objects.filter(intake=row).order_by("pk").values_list("payload", flat=True)
    return [json.loads(text) for text in found]


def preview(row: Intake) -> imports.Preview:
    """What it would become: objects one by one, the reports in it, and what they propose. Three queries."""
    found = objects(row)
    parties = {party_id(code, namespace()): code for code in Party.objects.values_list("code", flat=True)}
    known = imports.Known(definitions(row.owner_id, found), row.originator_id, parties, forms())
    return imports.preview(found, known)


def forms() -> dict[str, dict[str, str]]:
    """{type: {field: form}} of persons and things, as of today."""
    return {code: {name: one["form"] for name, one in words.fields(code).items()} for code, _label in words.types()}


def definitions(desk: int, values: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Marking definitions that the desk sent before and that these objects name without bringing them, by id.

    One query, and none where all are there or are TLP.
    """
    plain = [value for value in values if isinstance(value, dict)]
    marks = [value for value in plain if value.get("type") == "marking-definition"]
    brought = {str(value["id"]) for value in marks if not validation.fault(value)}
    ids = sorted({one for value in plain for one in _marks(value)} - brought - common.WORDS.keys() - common.TLP1.keys())
    if not ids:
        return {}
    rows = Entry.objects.filter(_sent_by(desk), stix_id__in=ids, is_last=True).values_list("object__payload", flat=True)
    return {one["id"]: one for one in map(json.loads, rows)}


def _marks(value: dict[str, Any]) -> list[str]:
    found = value.get("object_marking_refs")
    marks = [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
    parts = value.get("granular_markings")
    marks += [str(one.get("marking_ref")) for one in parts if isinstance(one, dict)] if isinstance(parts, list) else []
    return [one[:120] for one in marks]


def _sent_by(desk: int) -> Q:
    return Q(collection__kind=Collection.Kind.SUBMIT, collection__desk=desk)


def read_kept_fingerprints(desk: int, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """{object: {version: fingerprint}} of what the desk sent before, of these objects. One query."""
    found: dict[str, dict[str, str]] = {}
    for one, version, sha256 in Entry.objects.filter(_sent_by(desk), stix_id__in=list(ids)).values_list(
        "stix_id", "version", "object__sha256"
    ):
        found.setdefault(one, {})[version] = sha256
    return found
