"""Escalations that wait for an answer, and those that the Secretariat waits for, for My work."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import pgettext

from apps.access.actor import WORKS, Actor
from apps.access.urgency import end_of
from apps.impacs import titles
from apps.impacs.models import Escalation, Office
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.queries.escalation import silent_for
from apps.impacs.queries.subjects import with_subject
from apps.people.queries.work import Ask, Facts, WorkRow, day, same_for_a_seat

COLUMNS = ("pk", "number", "due_on", "told", "office", "seats", "raised_on", "about")
FACTS = {name: name for name in COLUMNS} | {"party": "party__short_name"}


@same_for_a_seat
def to_answer(actor: Actor) -> Iterator[Ask]:
    """What was raised to the seat's office after the due date, and what is to go on the Council's list.

    A reminder before the due date is not a thing of its own here: what it reminds of stands on the desk already.
    """
    if actor.rank < WORKS:
        return
    late = with_subject(actor, silent_for(actor).filter(Q(due_on__lt=F("raised_on"))))
    yield Ask(late, ["due_on", "pk"], FACTS, lambda facts: [_row(actor, facts)])


def _row(actor: Actor, facts: Facts) -> WorkRow:
    for_list = facts["office"] == Office.COUNCIL_LIST
    seats = facts["seats"]
    return WorkRow(
        title=_title(actor, facts),
        url=reverse("impacs:escalation", args=[facts["pk"]]),
        due=end_of(day(facts["due_on"]), actor.time_zone),
        detail=pgettext("words, impacs", "Escalated to: %(office)s") % {"office": Office(facts["told"]).label},
        kind="trending-up",
        code=facts["number"],
        act=pgettext("button, impacs", "List") if for_list else pgettext("button, impacs", "Answer"),
        seat=seats[0] if len(seats) == 1 else None,
    )


@same_for_a_seat
def unanswered(actor: Actor) -> Iterator[Ask]:
    """For the Secretariat: overdue matters that a State has not answered."""
    if actor.function != "secretariat" or actor.rank < WORKS:
        return
    rows = Escalation.objects.visible_to(actor).filter(state__in=Escalation.SILENT, due_on__lt=F("raised_on"))
    others = with_subject(actor, rows.exclude(owner=actor.desk_id))
    yield Ask(others, ["raised_on", "pk"], FACTS, lambda facts: [_asked(actor, facts)])


def _asked(actor: Actor, facts: Facts) -> WorkRow:
    return WorkRow(
        title=_title(actor, facts),
        url=reverse("impacs:escalation", args=[facts["pk"]]),
        due=end_of(day(facts["raised_on"]), "UTC"),
        detail=pgettext("words, impacs", "Escalated to: %(office)s") % {"office": Office(facts["told"]).label},
        kind="trending-up",
        code=facts["number"],
    )


def _title(actor: Actor, facts: Facts) -> str:
    return titles.escalation(facts["party"], day(facts["due_on"]), facts["about"], today_of(actor))
