"""Binding acts on pages: what follows, said before; the receipt afterwards, from the audit, with its proof."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext

from apps.access.actor import Actor
from apps.access.declared_actions import REGISTRY, Spec, wants_proof
from apps.access.templatetags.names import as_party
from apps.audit.models import AuditRecord
from apps.audit.row_places import public_id
from apps.audit.verb_labels import past_tense

JUST_NOW = datetime.timedelta(minutes=10)
"""How long after a binding act the same one sent again is a second press of the button, and no new act."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One's own binding act. `number` names it in the audit; `seal` is the SHA-256 over the entry and all before it."""

    verb: str
    title: str
    at: datetime.datetime
    person: str
    number: str
    seal: str
    until: Any = ""


def what_follows(actor: Actor | None, row: Any, spec: Spec) -> dict[str, Any]:
    """What is said before a binding act (components/kit/follows.html): its consequence, and whether the second factor
    will be asked for. Of any other act the consequence is None."""
    said = spec.binding.follows(actor, row) if spec.binding is not None and actor is not None else None
    return {"consequence": said, "asks_proof": said is not None and actor is not None and wants_proof(actor, spec)}


def repeats(actor: Actor | None, row: Any, spec: Spec) -> bool:
    """Whether the person's last binding act on a record, minutes ago, was this one: a button pressed twice. A query."""
    if spec.binding is None or row is None:
        return False
    last = _last_entry(actor, row, JUST_NOW)
    return last is not None and last.verb == spec.verb


def last_receipt(actor: Actor | None, row: Any, within: datetime.timedelta | None = None) -> Receipt | None:
    """The receipt of the person's last binding act on a record. One query; none where no verb of it binds."""
    entry = _last_entry(actor, row, within)
    return None if entry is None or actor is None else _in_words(actor, row, entry)


def _last_entry(actor: Actor | None, row: Any, within: datetime.timedelta | None) -> AuditRecord | None:
    verbs = [spec.verb for spec in REGISTRY.values() if spec.binding is not None and spec.model is type(row)]
    if actor is None or not verbs:
        return None
    rows = AuditRecord.objects.visible_to(actor).filter(
        user_id=actor.user_id, party=actor.party_code, object_type=row._meta.label_lower, object_id=str(row.pk)
    )
    if within is not None:
        rows = rows.filter(at__gte=timezone.now() - within)
    return rows.filter(verb__in=verbs, outcome=AuditRecord.Outcome.DONE).order_by("-pk").first()


def _in_words(actor: Actor, row: Any, entry: Any) -> Receipt:
    words = {"party": as_party(actor.party_name), "done": past_tense(entry.verb)}
    binding = REGISTRY[entry.verb].binding
    said = binding.follows(actor, row) if binding else None
    return Receipt(
        entry.verb,
        pgettext("title of a receipt", "%(party)s: %(done)s") % words,
        entry.at,
        entry.person,
        str(public_id(entry.pk)),
        bytes(entry.hash).hex(),
        said.until if said else "",
    )
