"""Dated rows of the registers on a day."""

import datetime
from typing import Any

from django.db.models import Q

from apps.access.actor import Actor
from apps.access.dated_lists import held
from apps.people.models import Desk
from apps.protection import policy
from apps.protection.models import ClassLevel, KeepingRule, Purpose, RequestRule, RequestSection, SubjectRequest


def request_rule(party: str, right: str, day: datetime.date) -> RequestRule | None:
    """The rule of a party for a right on a day: its own, else everybody's. One query."""
    rows = RequestRule.objects.filter(held(day), Q(party=party) | Q(party=None), right=right)
    found: RequestRule | None = max(rows, key=lambda row: row.party_id or "", default=None)
    return found


def request_rules(actor: Actor, day: datetime.date) -> list[Any]:
    """Everybody's rules and those of the actor's party."""
    rows = RequestRule.objects.visible_to(actor).filter(held(day), Q(party=None) | Q(party=actor.party_code))
    return list(rows.select_related("party").order_by("right", "party"))


def levels(actor: Actor, day: datetime.date) -> list[Any]:
    """The classification guide of a day, highest first."""
    return list(ClassLevel.objects.visible_to(actor).filter(held(day)).order_by("-level"))


def keeping_rules(actor: Actor, day: datetime.date) -> list[Any]:
    """What is kept how long on a day."""
    return list(KeepingRule.objects.visible_to(actor).filter(held(day)).order_by("room", "code"))


def purposes(actor: Actor, code: str, day: datetime.date) -> list[Any]:
    """Lines of the register with a code on a day."""
    return list(Purpose.objects.visible_to(actor).filter(held(day), code=code).order_by("party"))


def to_forget(actor: Actor, day: datetime.date) -> list[Any]:
    """Requests whose time is over and that still hold the person's data."""
    rows = SubjectRequest.objects.visible_to(actor).filter(forget_on__lte=day).exclude(asked_by="")
    return list(rows.order_by("pk")[:500])


def sections(actor: Actor, row: Any) -> list[Any]:
    """What desks noted for a request that the seat was shown."""
    return list(RequestSection.objects.visible_to(actor).filter(request=row).order_by("kind", "desk"))


def asked(row: Any) -> list[str]:
    """Codes of the desks that are asked about a person: all of their request's party, whether they hold anything."""
    functions = policy.HANDLERS | policy.HOLDERS
    rows = Desk.objects.filter(party=row.originator_id, function__in=functions, active=True)
    return list(rows.order_by("code").values_list("code", flat=True))


def silent(row: Any, sections: list[Any]) -> list[str]:
    """Codes of the desks that were asked and have noted nothing yet."""
    looked = {one.desk for one in sections}
    return [desk for desk in asked(row) if desk not in looked]
