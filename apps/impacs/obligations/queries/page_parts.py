"""What an action has of everything, as one reader may see it, in one query for its page."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.db.models import CharField, F, OuterRef, Subquery, Value
from django.db.models.functions import JSONObject

from apps.access.actor import Actor
from apps.files.models import Attachment
from apps.impacs.models import (
    AssistanceRequest,
    Difficulty,
    Evidence,
    ExtensionRequest,
    NationalNote,
    Report,
    StateAction,
    Step,
    Term,
    Turn,
)
from apps.impacs.queries import lists

KINDS: dict[str, tuple[Any, tuple[str, ...], str]] = {
    "reports": (Report, ("text", "progress", "day"), ""),
    "steps": (Step, ("title", "weight", "due_on", "done_on", "removed_on"), ""),
    "difficulties": (Difficulty, ("severity", "kind", "words", "since", "cleared_on"), lists.DIFFICULTY),
    "turns": (Turn, ("kind", "day", "text"), ""),
    "notes": (NationalNote, ("text", "at"), ""),
    "evidence": (
        Evidence,
        (
            *("state", "kind", "title", "requirement", "issued_on", "authority", "citation", "valid_until"),
            *("audience", "named", "reject_code", "reject_text", "submitted_on"),
        ),
        lists.EVIDENCE,
    ),
    "extensions": (
        ExtensionRequest,
        (
            *("state", "number", "from_due", "new_due_on", "cause", "requested_on", "power", "answer_by"),
            *("decided_on", "basis", "answer", "item_id", "decided_by_id"),
        ),
        "",
    ),
    "assistance": (AssistanceRequest, ("state", "kind", "text", "asked_on", "wanted_by", "answer"), lists.ASSISTANCE),
}
"""What a page shows of each kind: model, columns, and the code list of its `kind`."""

DAYS = frozenset({"day", "since", "until", "from_due", "answer_by", "wanted_by", "valid_until"})


def parts_of(actor: Actor, action: StateAction) -> dict[str, list[Any]]:
    """{name of KINDS: what the actor sees of it, the oldest first}. One query."""
    found: dict[str, list[Any]] = {name: [] for name in KINDS}
    queries = [_rows(actor, action, name) for name in KINDS]
    for name, pk, values in queries[0].union(*queries[1:], all=True).order_by("of_pk"):
        found[name].append(SimpleNamespace(pk=pk, **{key: _read(key, value) for key, value in values.items()}))
    return found


def _rows(actor: Actor, action: StateAction, name: str) -> Any:
    model, columns, listed = KINDS[name]
    more: dict[str, Any] = {}
    if listed:
        labels = Term.objects.filter(list=listed, code=OuterRef("kind")).values("label")[:1]
        more["label"] = Subquery(labels)
    if "reject_code" in columns:
        reasons = Term.objects.filter(list=lists.REJECT, code=OuterRef("reject_code")).values("label")[:1]
        more["reject_label"] = Subquery(reasons)
    rows = model.objects.visible_to(actor).filter(action=action.pk)
    return rows.annotate(
        of_name=Value(name, CharField()),
        of_pk=F("pk"),
        of_data=JSONObject(**{column: column for column in columns}, **more),
    ).values_list("of_name", "of_pk", "of_data")


def _read(name: str, value: Any) -> Any:
    if isinstance(value, str) and (name.endswith("_on") or name in DAYS):
        return datetime.date.fromisoformat(value)
    return datetime.datetime.fromisoformat(value) if name == "at" and value else value


def files_of(actor: Actor, evidence: list[Any]) -> dict[Any, list[Attachment]]:
    """{proof: its files, the newest first} of proofs that the actor sees. One query."""
    object_type = Evidence._meta.label_lower
    rows = Attachment.objects.visible_to(actor, object_type).filter(
        object_type=object_type, object_id__in=[one.pk for one in evidence], state=Attachment.State.CURRENT
    )
    found: dict[Any, list[Attachment]] = {}
    for row in rows.select_related("blob").order_by("-pk"):
        found.setdefault(row.object_id, []).append(row)
    return found
