"""Escalations that wait for an answer, and those that the Secretariat waits for, for My desk."""

import datetime
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apps.access.actor import WORKS, Actor
from apps.impacs.models import Escalation, Office
from apps.impacs.queries.escalation import silent_for
from apps.people.waiting import Ask, Facts, WorkRow, day, register_as, register_asked

COLUMNS = ("pk", "number", "due_on", "told", "office", "party_id", "seats", "state", "raised_on")
FACTS = {name: name for name in COLUMNS} | {"party": "party__short_name"}


@register_as("escalations", gettext_lazy("Escalations"))
def to_answer(actor: Actor) -> Iterator[Ask]:
    """What was raised to the seat's office after the due date, and what is to go on the Council's list.

    A reminder before the due date is not a thing of its own here: what it reminds of stands on the desk already.
    """
    if actor.rank < WORKS:
        return
    late = silent_for(actor).filter(Q(due_on__lt=F("raised_on")))
    yield Ask(late, ["due_on", "pk"], FACTS, lambda facts: [_row(actor, facts)])


def _row(actor: Actor, facts: Facts) -> WorkRow:
    for_list = facts["office"] == Office.COUNCIL_LIST
    title = _("For the Council's list: %(number)s, %(party)s") if for_list else _("Answer for %(number)s, %(party)s")
    seats = facts["seats"]
    return WorkRow(
        title=title % facts,
        url=reverse("impacs:escalation", args=[facts["pk"]]),
        due=_end_of(day(facts["due_on"]), actor.time_zone),
        detail=_("Raised to: %(office)s") % {"office": Office(facts["told"]).label},
        kind="trending-up",
        act=_("List") if for_list else _("Answer"),
        seat=seats[0] if len(seats) == 1 else None,
    )


def _end_of(day: datetime.date | None, zone: str) -> datetime.datetime | None:
    return datetime.datetime.combine(day, datetime.time(23, 59), ZoneInfo(zone or "UTC")) if day else None


@register_asked
def unanswered(actor: Actor) -> Iterator[Ask]:
    """For the Secretariat: overdue matters that a State has not answered."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    rows = Escalation.objects.visible_to(actor).filter(state__in=Escalation.SILENT, due_on__lt=F("raised_on"))
    yield Ask(rows.exclude(owner=actor.desk_id), ["raised_on", "pk"], FACTS, lambda facts: [_asked(facts)])


def _asked(facts: Facts) -> WorkRow:
    return WorkRow(
        title=_("%(number)s, %(party)s") % facts,
        url=reverse("impacs:escalation", args=[facts["pk"]]),
        due=_end_of(day(facts["raised_on"]), "UTC"),
        detail=_("Raised to: %(office)s") % {"office": Office(facts["told"]).label},
        kind="trending-up",
    )
