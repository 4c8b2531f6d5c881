"""Writing down what a paragraph says: a new person or thing, a fact, a link, a sighting; and taking it back."""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, emit
from apps.entities import policy
from apps.entities.actions import fields
from apps.entities.models import Assertion, Entity, Evidence, Link, LinkEvidence, Sighting
from apps.entities.queries import entities, sources
from apps.entities.queries.keyed_hashes import mark_of
from apps.entities.rules.chart_places import PRECISIONS
from apps.entities.rules.identifiers import BadValue, read_position
from apps.rifc.actions.fields import Terms
from apps.screening.matching import BadIdentity, entry_keys, prepare

LIVE = Entity.State.LIVE
C, W = Evidence.State.CURRENT, Evidence.State.WITHDRAWN


def _rest(actor: Actor, report: UUID, paragraph: UUID, kept: bool) -> dict[str, Any]:
    """The columns of a statement of this paragraph."""
    found = fields.paragraph_of(actor, report, paragraph)
    return {
        **sources.anchor(found),
        "desk_id": actor.desk_id,
        "party_id": actor.party_code,
        "by_seat_id": actor.seat_id,
        "kept_by_id": actor.desk_id if kept else None,
    }


def _fact(
    actor: Actor,
    entity: Entity,
    rest: dict[str, Any],
    field: str,
    value: str,
    days: tuple[datetime.date | None, datetime.date | None],
) -> Assertion:
    """Write one fact; one that stands there already is left as it is."""
    fields.checked_period(*days)
    known, one = fields.checked(field, value, entity.type)
    same = {key: rest[key] for key in ("thread", "pid", "words", "kept_by_id")}
    there = Assertion.objects.filter(entity=entity, field=field, normal=one.value, state=C, **same).first()
    if there is not None:
        return there
    row: Assertion = Assertion.objects.create(
        entity=entity,
        field=field,
        value=" ".join(value.split()),
        normal=one.value,
        mark=mark_of(field, one.value) if known.get("match") else "",
        keys=_keys(value) if known.get("name") else [],
        from_on=days[0],
        to_on=days[1],
        **rest,
    )
    if row.mark:
        emit("entities.recorded", row, {"marks": [row.mark]})
    stated(row)
    return row


def stated(row: Evidence) -> None:
    """Say that what a report states has changed, but for what a desk keeps for itself."""
    if row.kept_by_id is None:
        emit("entities.stated", row, {"thread": str(row.thread)})


def _keys(value: str) -> list[str]:
    try:
        return sorted(entry_keys(prepare({"full_name": value}, strict=False)))
    except BadIdentity as wrong:
        raise ValidationError({"value": _now("This cannot be read as a name. Check the spelling.")}) from wrong


@action(
    "entity.create",
    model=Entity,
    label=_("Record an entity"),
    done=_("Recorded a new entity"),
    policy=policy.may_record,
    ends=LIVE,
    takes={"type": Terms("entity_type", label=pgettext_lazy("field, entities", "Type")), **fields.fact_fields()},
)
def create_entity(
    actor: Actor,
    _row: None,
    *,
    type: str,
    report: UUID,
    paragraph: UUID,
    field: str,
    value: str,
    kept: bool = False,
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
) -> Entity:
    """Record a new person or thing by the first fact that a paragraph gives; who sees the paragraph sees it."""
    rest = _rest(actor, report, paragraph, kept)
    row = Entity.objects.create(type=type, party_id=actor.party_code)
    _fact(actor, row, rest, field, value, (from_on, to_on))
    return row


@action(
    "entity.record",
    model=Entity,
    label=_("Record a fact"),
    done=_("Recorded a fact about an entity"),
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.fact_fields(),
)
def record_entity_fact(
    actor: Actor,
    row: Entity,
    *,
    report: UUID,
    paragraph: UUID,
    field: str,
    value: str,
    kept: bool = False,
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
) -> Entity:
    """Record what a paragraph says of it. The same fact of the same paragraph is there only once."""
    _fact(actor, row, _rest(actor, report, paragraph, kept), field, value, (from_on, to_on))
    return row


@action(
    "entity.link",
    model=Entity,
    label=pgettext_lazy("button, entities", "Link"),
    done=_("Linked two entities"),
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.link_fields(),
)
def link_entities(
    actor: Actor,
    row: Entity,
    *,
    report: UUID,
    paragraph: UUID,
    type: str,
    to: UUID,
    kept: bool = False,
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
) -> Entity:
    """Record that a paragraph links it to another; seen by who sees the paragraph and both."""
    fields.checked_period(from_on, to_on)
    rest = _rest(actor, report, paragraph, kept)
    other = entities.entity(actor, to)
    if other is None:
        raise ValidationError({"to": _now("There is no entity with this ID.")})
    if other.pk == row.pk:
        raise ValidationError({"to": _now("An entity cannot be linked to itself. Choose another.")})
    made, _new = Link.objects.get_or_create(from_entity=row, to_entity=other, type=type)
    same = {key: rest[key] for key in ("thread", "pid", "words", "kept_by_id")}
    if not LinkEvidence.objects.filter(link=made, state=C, from_on=from_on, to_on=to_on, **same).exists():
        stated(LinkEvidence.objects.create(link=made, from_on=from_on, to_on=to_on, **rest))
    return row


@action(
    "entity.sight",
    model=Entity,
    label=_("Record a sighting"),
    done=_("Recorded a sighting of an entity"),
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.sighting_fields(),
)
def record_sighting(
    actor: Actor,
    row: Entity,
    *,
    report: UUID,
    paragraph: UUID,
    precision: str,
    at: datetime.datetime | None = None,
    place: str = "",
    position: str = "",
    count: int | None = None,
    kept: bool = False,
) -> Entity:
    """Record when and where a paragraph says that it was seen, as exactly as is known."""
    if precision not in PRECISIONS:
        raise ValidationError({"precision": _now("Choose the precision of the time.")})
    if (at is None) != (precision == "unknown"):
        raise ValidationError({"at": _now("Enter the time, or choose “Not known”.")})
    if at is not None and at.year < fields.EARLIEST.year:
        raise ValidationError({"at": _now("Enter a date from 1900 onwards.")})
    if at is None and not (place or position):
        raise ValidationError({"place": _now("Enter when or where it was seen.")})
    where: dict[str, Any] = {}
    if position:
        try:
            lat, lon, metres = read_position(position)
        except BadValue as wrong:
            raise ValidationError({"position": _now(str(wrong))}) from wrong
        where = {"lat": lat, "lon": lon, "uncertainty_m": metres}
    rest = _rest(actor, report, paragraph, kept)
    place = " ".join(place.split())
    stated(
        Sighting.objects.create(entity=row, at=at, precision=precision, place=place, count=count or 1, **where, **rest)
    )
    return row


def _withdrawing() -> dict[str, Any]:
    """How the taking back of a statement is declared."""
    why = forms.CharField(label=_("Reason for withdrawal"), max_length=fields.LONGEST_REASON)
    return {"policy": policy.may_withdraw, "starts": {C}, "ends": W, "takes": {"reason": why}}


def _take_back[T: Evidence](row: T, reason: str) -> T:
    row.reason = reason
    stated(row)
    return row


@action(
    "entity_fact.withdraw",
    model=Assertion,
    label=_("Withdraw the fact"),
    done=_("Withdrew a fact"),
    **_withdrawing(),
)
def withdraw_fact(actor: Actor, row: Assertion, *, reason: str) -> Assertion:
    """Take it back: nobody sees it any more, and what rested on it alone is gone with it."""
    return _take_back(row, reason)


@action(
    "link_evidence.withdraw",
    model=LinkEvidence,
    label=_("Withdraw the evidence"),
    done=_("Withdrew the evidence of a link"),
    **_withdrawing(),
)
def withdraw_link(actor: Actor, row: LinkEvidence, *, reason: str) -> LinkEvidence:
    """Take it back: nobody sees it any more, and what rested on it alone is gone with it."""
    return _take_back(row, reason)


@action(
    "sighting.withdraw",
    model=Sighting,
    label=_("Withdraw the sighting"),
    done=_("Withdrew a sighting"),
    **_withdrawing(),
)
def withdraw_sighting(actor: Actor, row: Sighting, *, reason: str) -> Sighting:
    """Take it back: nobody sees it any more, and what rested on it alone is gone with it."""
    return _take_back(row, reason)
