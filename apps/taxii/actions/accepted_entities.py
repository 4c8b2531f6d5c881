"""Recording what a person has ticked among the persons and things of a bundle: all together or nothing."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.actor import Actor
from apps.access.declared_actions import action, do_also
from apps.entities.models import Entity
from apps.entities.queries import entities
from apps.taxii import policy
from apps.taxii.models import Intake
from apps.taxii.queries import intake as queries
from apps.taxii.stix.entity_readers import Found

MOST = 100
NEW = "new"


@action(
    "intake.take_up",
    model=Intake,
    label=pgettext_lazy("button, taxii", "Entities"),
    done=_("Recorded proposals from STIX objects"),
    policy=policy.may_sort,
    starts={Intake.State.DRAFTED},
    ends=Intake.State.DRAFTED,
    takes={
        "source": forms.CharField(
            label=pgettext_lazy("field, taxii", "Report"), max_length=120, help_text=_("in the bundle")
        ),
        "decisions": forms.JSONField(
            label=pgettext_lazy("field, taxii", "Decisions"),
            help_text=_(
                'a list of {"object", "paragraph"}; for an entity also "entity" ("new" or an id) and '
                '"facts", the positions of those that are right'
            ),
        ),
        "kept": forms.BooleanField(label=_("For our desk only"), required=False),
    },
)
def accept_taxii_entities(actor: Actor, row: Intake, *, source: str, decisions: Any, kept: bool = False) -> Intake:
    """Record what a person decided about each proposal of a bundle, by the draft that was written of it."""
    if source not in row.drafts:
        raise ValidationError({"source": _now("Create a draft of this report first.")})
    if not isinstance(decisions, list) or not 1 <= len(decisions) <= MOST:
        raise ValidationError({"decisions": _now("Tick 1 to %(most)s proposals.") % {"most": MOST}})
    taker = _Taker(actor, row, queries.preview(row).found, {"report": uuid.UUID(row.drafts[source]), "kept": kept})
    for number, one in enumerate(decisions, start=1):
        try:
            taker.take(one)
        except ValidationError as fault:
            said = [
                pgettext("words, taxii", "Proposal %(n)s: %(fault)s") % {"n": number, "fault": text}
                for text in fault.messages
            ]
            raise ValidationError({"decisions": said}) from fault
    row.taken = taker.taken
    return row


class _Taker:
    """Carries decisions out one after another; what was recorded before is not recorded again."""

    def __init__(self, actor: Actor, row: Intake, found: Found, rest: dict[str, Any]) -> None:
        self.actor, self.found, self.rest = actor, found, rest
        self.taken: dict[str, str] = dict(row.taken)

    def take(self, one: Any) -> None:
        """One decision."""
        key = one.get("object") if isinstance(one, dict) else None
        if not isinstance(key, str):
            raise ValidationError(_now("Each decision names an object."))
        try:
            rest = {**self.rest, "paragraph": uuid.UUID(str(one.get("paragraph")))}
        except ValueError:
            raise ValidationError(_now("Give the ID of a paragraph.")) from None
        if key in self.found.things:
            self._thing(key, one, rest)
        elif key in self.found.ties:
            self._tie(key, rest)
        elif key in self.found.seen:
            self._seen(key, rest)
        else:
            raise ValidationError(_now("The bundle has no such proposal."))

    def _thing(self, key: str, one: dict[str, Any], rest: dict[str, Any]) -> None:
        thing = self.found.things[key]
        places = one.get("facts")
        if not isinstance(places, list) or not places or not all(place in range(len(thing.facts)) for place in places):
            raise ValidationError(_now("Tick at least one fact about it."))
        entity = self._entity(key, str(one.get("entity", NEW)), thing.type)
        for place in dict.fromkeys(places):
            fact = thing.facts[place]
            given = {**rest, "field": fact.field, "value": fact.value}
            given |= {"from_on": fact.period[0], "to_on": fact.period[1]}
            if entity is None:
                entity = do_also("entity.create", None, type=thing.type, **given)
            else:
                do_also("entity.record", entity, **given)
        self.taken[key] = str(entity.pk) if entity else ""

    def _entity(self, key: str, chosen: str, kind: str) -> Entity | None:
        """The person or thing that it is; None for a new one, if it was not recorded before."""
        if chosen == NEW:
            return self._known(self.taken.get(key, ""))
        found = self._known(chosen)
        if found is None or found.type != kind:
            raise ValidationError(_now("No entity has this id and type."))
        return found

    def _known(self, wanted: str) -> Entity | None:
        try:
            return entities.entity(self.actor, uuid.UUID(wanted))
        except ValueError:
            return None

    def _end(self, key: str) -> Entity:
        """A thing of the bundle that was recorded."""
        found = self._known(self.taken.get(key, ""))
        if found is None:
            title = self.found.things[key].title
            raise ValidationError(_now("Tick a fact about %(title)s as well.") % {"title": title})
        return found

    def _tie(self, key: str, rest: dict[str, Any]) -> None:
        tie = self.found.ties[key]
        source, target = self._end(tie.source), self._end(tie.target)
        for _note, (begin, end) in tie.said:
            do_also("entity.link", source, type=tie.type, to=target.pk, from_on=begin, to_on=end, **rest)
        self.taken[key] = str(source.pk)

    def _seen(self, key: str, rest: dict[str, Any]) -> None:
        seen = self.found.seen[key]
        if key in self.taken:
            return
        where: dict[str, Any] = {"place": seen.place, "position": seen.position, "count": seen.count}
        entity = self._end(seen.thing)
        do_also("entity.sight", entity, at=seen.at, precision=seen.precision, **where, **rest)
        self.taken[key] = str(entity.pk)
