"""Writing down what a paragraph says: a new person or thing, a fact, a link, a sighting; and taking it back."""

import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from apps.access.actor import Actor
from apps.access.doors import action, emit
from apps.entities import policy
from apps.entities.actions import fields
from apps.entities.marks import mark_of
from apps.entities.models import Assertion, Entity, Evidence, Link, LinkEvidence, Sighting
from apps.entities.queries import sources, things
from apps.entities.rules.drawing import PRECISIONS
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
        raise ValidationError({"value": _now("This cannot be read as a name.")}) from wrong


@action(
    "entity.create",
    model=Entity,
    label=_("Record a person or thing"),
    policy=policy.may_record,
    ends=LIVE,
    takes={"type": Terms("entity_type", label=_("Type")), **fields.fact_fields()},
)
def create(
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
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.fact_fields(),
)
def record(
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
    label=_("Link"),
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.link_fields(),
)
def link(
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
    other = things.entity(actor, to)
    if other is None:
        raise ValidationError({"to": _now("There is no person or thing of this id.")})
    if other.pk == row.pk:
        raise ValidationError({"to": _now("Nothing is linked to itself. Choose another.")})
    made, _new = Link.objects.get_or_create(from_entity=row, to_entity=other, type=type)
    same = {key: rest[key] for key in ("thread", "pid", "words", "kept_by_id")}
    if not LinkEvidence.objects.filter(link=made, state=C, from_on=from_on, to_on=to_on, **same).exists():
        stated(LinkEvidence.objects.create(link=made, from_on=from_on, to_on=to_on, **rest))
    return row


@action(
    "entity.sight",
    model=Entity,
    label=_("Record a sighting"),
    policy=policy.may_record,
    starts={LIVE},
    ends=LIVE,
    takes=fields.sighting_fields(),
)
def sight(
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
        raise ValidationError({"precision": _now("Choose how exact the time is.")})
    if (at is None) != (precision == "unknown"):
        raise ValidationError({"at": _now("Write the time, or say that it is not known.")})
    if at is not None and at.year < fields.EARLIEST.year:
        raise ValidationError({"at": _now("Write a day from 1900 on.")})
    if at is None and not (place or position):
        raise ValidationError({"place": _now("Write when or where it was seen.")})
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


def _why() -> dict[str, forms.Field]:
    return {"reason": forms.CharField(label=_("Why it is withdrawn"), max_length=fields.LONGEST_REASON)}


def _withdrawal(verb: str, model: type[Evidence], label: Any) -> Any:
    """The verb that takes back statements of one kind."""

    @action(verb, model=model, label=label, policy=policy.may_withdraw, starts={C}, ends=W, takes=_why())
    def withdraw(actor: Actor, row: Evidence, *, reason: str) -> Evidence:
        """Take it back: nobody sees it any more, and what rested on it alone is gone with it."""
        row.reason = reason
        stated(row)
        return row

    return withdraw


withdraw_fact = _withdrawal("entity_fact.withdraw", Assertion, _("Withdraw the fact"))
withdraw_link = _withdrawal("link_evidence.withdraw", LinkEvidence, _("Withdraw the evidence"))
withdraw_sighting = _withdrawal("sighting.withdraw", Sighting, _("Withdraw the sighting"))
