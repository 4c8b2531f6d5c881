"""Taking up what a person has ticked among the proposals from a report's text: all together or nothing."""

import uuid
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also
from apps.entities import policy
from apps.entities.actions import fields
from apps.entities.models import Entity
from apps.entities.queries import entities, words

MOST = 100
KEYS = {"paragraph", "type", "field", "value", "entity"}
NEW, ROW = "new", "row:"


@action(
    "entity.take_up",
    model=Entity,
    label=_("Record ticked items"),
    done=_("Recorded proposals from a report"),
    policy=policy.may_record,
    ends=Entity.State.LIVE,
    takes={
        "report": forms.UUIDField(
            label=pgettext_lazy("field, entities", "Report"), help_text=pgettext_lazy("field, entities", "report ID")
        ),
        "decisions": forms.JSONField(
            label=pgettext_lazy("field, entities", "Decisions"),
            help_text=_(
                'a list of {"paragraph", "type", "field", "value", "entity"}; entity: "new", "row:1", or an id'
            ),
        ),
        "kept": fields.rests_on()["kept"],
    },
)
def accept_entity_proposals(actor: Actor, _row: None, *, report: UUID, decisions: Any, kept: bool = False) -> Entity:
    """Record what a person decided about each proposal; one that is wrong, and nothing is recorded."""
    if not isinstance(decisions, list) or not 1 <= len(decisions) <= MOST:
        raise ValidationError({"decisions": _now("Tick 1 to %(most)s proposals.") % {"most": MOST}})
    made: list[Entity] = []
    wrong: list[str] = []
    for number, one in enumerate(decisions, start=1):
        try:
            made.append(_decided(actor, report, kept, one, made))
        except ValidationError as fault:
            wrong += [
                pgettext("words, entities", "Row %(n)s: %(fault)s") % {"n": number, "fault": text}
                for text in fault.messages
            ]
            break
    if wrong:
        raise ValidationError({"decisions": wrong})
    return made[0]


def _decided(actor: Actor, report: UUID, kept: bool, one: Any, made: list[Entity]) -> Entity:
    if not isinstance(one, dict) or set(one) != KEYS or not all(isinstance(each, str) for each in one.values()):
        raise ValidationError(_now("Each row has paragraph, type, field, value and entity, as texts."))
    known: dict[str, Any] = {"report": report, "paragraph": _key(one["paragraph"]), "kept": kept}
    known |= {"field": one["field"], "value": one["value"]}
    if one["entity"] == NEW:
        if one["type"] not in dict(words.types()):
            raise ValidationError(_now("There is no type %(type)s.") % {"type": one["type"]})
        done: Entity = do_also("entity.create", None, type=one["type"], **known)
        return done
    target = _target(actor, one["entity"], made)
    again: Entity = do_also("entity.record", target, **known)
    return again


def _key(text: str) -> UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise ValidationError(_now("Give the ID of a paragraph.")) from None


def _target(actor: Actor, text: str, made: list[Entity]) -> Entity:
    """The entity of an earlier row, or one that the actor sees."""
    if text.startswith(ROW):
        place = text.removeprefix(ROW)
        if not place.isdecimal() or len(place) > 3 or not 1 <= int(place) <= len(made):
            raise ValidationError(_now("Refer to an earlier row, for example row:1."))
        return made[int(place) - 1]
    try:
        found = entities.entity(actor, uuid.UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise ValidationError(_now("There is no entity with this ID."))
    return found
