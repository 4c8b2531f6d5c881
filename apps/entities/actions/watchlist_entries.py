"""From a person or thing to a watchlist: an entry of one's own party, made of the facts that may go there."""

import datetime
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also
from apps.access.models import Level
from apps.entities import policy
from apps.entities.models import Assertion, Entity, Listed
from apps.entities.queries import entities, sources
from apps.rifc.models import ReleaseRequest, Report
from apps.screening.forms.entry_fields import OwnListField
from apps.screening.models import Entry, Instruction

KINDS = {
    "person": Entry.Kind.PERSON,
    "document": Entry.Kind.DOCUMENT,
    "vessel": Entry.Kind.VESSEL,
    "organisation": Entry.Kind.ORGANISATION,
    "phone": Entry.Kind.CONTACT,
    "email": Entry.Kind.CONTACT,
}
"""Types that lists have a kind for."""

DOCUMENTS = {
    "passport": "P",
    "identity_card": "I",
    "imo": "IMO",
    "mmsi": "MMSI",
    "number": "TEL",
    "registration": "REG",
}
OPEN_TLP = frozenset({"GREEN", "CLEAR"})
PURPOSE, SCREENS = "border_list", "JRCC.watch"
"""What is asked of an originator before their facts go on a list, and for whom: the desk that screens with it."""


@action(
    "entity.enlist",
    model=Entity,
    label=_("Put on a watchlist"),
    done=_("Put an entity on a watchlist"),
    policy=policy.may_keep_lists,
    starts={Entity.State.LIVE},
    ends=Entity.State.LIVE,
    takes={
        "list": OwnListField(label=pgettext_lazy("field, entities", "List")),
        "reference": forms.CharField(
            label=pgettext_lazy("field, entities", "Reference"), max_length=60, help_text=_("unique within the list")
        ),
        "instruction": forms.ChoiceField(
            label=pgettext_lazy("field, entities", "Instruction"), choices=Instruction.choices, initial="inform"
        ),
        "valid_until": forms.DateField(
            label=pgettext_lazy("field, entities", "Valid until"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        "reason": forms.CharField(label=pgettext_lazy("field, entities", "Reason"), required=False, max_length=500),
    },
)
def list_entity(
    actor: Actor,
    row: Entity,
    *,
    list: str,
    reference: str,
    instruction: str,
    valid_until: datetime.date | None = None,
    reason: str = "",
) -> Entity:
    """Make an entry of your party's list from what is known; other parties' facts only where they have agreed."""
    if row.type not in KINDS:
        raise ValidationError(
            {"list": _now("Watchlists hold persons, documents, vessels, organisations and contacts.")}
        )
    rows = entities.of_entity(actor, [row.pk])
    usable = usable_facts(actor, rows)
    subject = subject_of(usable)
    if not subject:
        raise ValidationError(
            {
                "list": _now(
                    "No name or number from your own reports can go on a watchlist. Ask the originators "
                    "of the other reports to release them to JRCC.watch for the purpose “Border list”."
                )
            }
        )
    entry = do_also(
        "entry.create",
        None,
        list=list,
        reference=reference,
        subject=subject,
        instruction=instruction,
        valid_until=valid_until,
        reason=reason,
        kind=KINDS[row.type],
    )
    Listed.objects.create(entity=row, entry=entry)
    return row


def usable_facts(actor: Actor, rows: Sequence[Assertion]) -> list[Assertion]:
    """Facts that may become part of an entry, which border desks and the JRCC screen with.

    One's own party's; those of GREEN and CLEAR reports that the originator does not control; those of reports whose
    originators have released them to the JRCC for a border list. None of a SECRET report.
    """
    found = sources.sources(actor, rows)
    foreign = {row.thread for row in rows if row.originator_id != actor.party_code}
    released = _released(actor, foreign)
    kept = []
    for row in rows:
        source = found.get(sources.key_of(row))
        if source is None or source.report.level > Level.CONFIDENTIAL:
            continue
        report = source.report
        free = report.tlp in OPEN_TLP and not report.orcon
        if report.originator_id == actor.party_code or free or row.thread in released:
            kept.append(row)
    return kept


def _released(actor: Actor, threads: set[UUID]) -> set[Any]:
    if not threads:
        return set()
    rows = ReleaseRequest.objects.visible_to(actor).filter(
        owner=actor.desk_id,
        purpose=PURPOSE,
        targets__contains=[SCREENS],
        state=ReleaseRequest.State.APPROVED,
        report__thread__in=threads,
    )
    return set(rows.filter(report__in=Report.objects.visible_to(actor)).values_list("report__thread", flat=True))


def subject_of(rows: Sequence[Assertion]) -> dict[str, Any]:
    """IDENTITY (contract-matching.md, section 1) of the facts; empty without a name or number."""
    by_field: dict[str, list[Assertion]] = {}
    for row in rows:
        by_field.setdefault(row.field, []).append(row)
    values = lambda field: [row.value for row in by_field.get(field, [])]  # noqa: E731
    names = [*values("name"), *values("former_name"), *values("alias")]
    documents = [_document(row) for row in rows if row.field in DOCUMENTS]
    documents += [{"type": "MAIL", "number": row.normal, "issuer": None} for row in by_field.get("email", [])]
    if not (names or documents):
        return {}
    subject: dict[str, Any] = {"full_name": names[0] if names else None, "aliases": list(dict.fromkeys(names[1:]))}
    subject["documents"] = documents
    if by_field.get("born"):
        subject["birth_date"] = sorted({row.normal for row in by_field["born"]})
    if by_field.get("sex"):
        sexes = {row.normal for row in by_field["sex"]}
        subject["sex"] = sexes.pop() if len(sexes) == 1 else None
    if by_field.get("nationality"):
        subject["nationality"] = sorted({row.normal for row in by_field["nationality"]})
    return subject


def _document(row: Assertion) -> dict[str, Any]:
    issuer, blank, number = row.normal.partition(" ")
    kind = DOCUMENTS[row.field]
    return {"type": kind, "number": number if blank else issuer, "issuer": issuer if blank else None}
