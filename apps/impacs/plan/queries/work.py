"""What of the work plan waits for a seat: tasks to do, to review, to plan, answers owed, mandates without a lead."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.access.urgency import end_of
from apps.impacs import titles
from apps.impacs.models import Mandate, Task
from apps.impacs.obligations.queries.progress import today_of
from apps.impacs.plan.policy.tasks import MAKERS
from apps.people.queries.work import HORIZON, Ask, Facts, WorkRow, day, same_for_a_seat

S = Task.State
FACTS = {
    "pk": "pk",
    "reference": "reference",
    "title": "title",
    "due": "due_on",
    "state": "state",
    "reviewer": "reviewer_id",
    "asked": "asked_on",
}
DOES = {
    S.READY: pgettext_lazy("button, impacs", "Start"),
    S.IN_PROGRESS: pgettext_lazy("button, impacs", "Go on"),
    S.BLOCKED: pgettext_lazy("a difficulty", "Clear"),
    S.IN_REVIEW: pgettext_lazy("button, impacs", "Review"),
    S.BACKLOG: pgettext_lazy("button, impacs", "Plan"),
    S.WAITING: pgettext_lazy("button, impacs", "Answer"),
}
ORDER = ["due_on", "pk"]
Build = Callable[[Facts], Iterable[WorkRow]]


def _rows(actor: Actor, *, seat: bool = False, detail: Any = "") -> Build:
    def build(facts: Facts) -> list[WorkRow]:
        return [
            WorkRow(
                title=titles.task(facts["title"]),
                url=reverse("impacs:task", args=[facts["pk"]]),
                due=end_of(day(facts["due"]), actor.time_zone),
                detail=str(detail) or S(facts["state"]).label,
                kind="list-checks",
                code=facts["reference"],
                act=str(DOES.get(S(facts["state"]), "")),
                seat=facts["reviewer"] if seat else None,
                place=reverse("impacs:tasks"),
            )
        ]

    return build


def _mine(actor: Actor) -> Q:
    return Q(owner=actor.desk_id) | Q(desks__contains=[actor.desk_id])


@same_for_a_seat
def tasks_to_do(actor: Actor) -> Iterator[Ask]:
    """Tasks that the desk can start, has under way, or must unblock; those to review; for heads those to plan."""
    if actor.rank < WORKS or (actor.function not in MAKERS and actor.function != "ministry"):
        return
    seen = Task.objects.visible_to(actor)
    doing = seen.filter(_mine(actor), state__in=[S.READY, S.IN_PROGRESS, S.BLOCKED])
    yield Ask(doing, ORDER, FACTS, _rows(actor))
    reviews = seen.filter(reviewer__desk=actor.desk_id, state=S.IN_REVIEW)
    yield Ask(reviews, ORDER, FACTS, _rows(actor, seat=True, detail=gettext_lazy("Submitted for review")))
    if actor.rank >= DECIDES:
        yield Ask(seen.filter(owner=actor.desk_id, state=S.BACKLOG), ORDER, FACTS, _rows(actor))
    if actor.function == "ministry":
        asked = seen.filter(waiting_for__contains=[actor.party_code], state=S.WAITING)
        yield Ask(asked, ORDER, FACTS, _rows(actor, detail=gettext_lazy("IMPACS is waiting for your State")))


@same_for_a_seat
def mandates_to_lead(actor: Actor) -> Iterator[Ask]:
    """Mandates that nobody leads yet, for the agency's head; for the officer in charge, those that are under way."""
    if actor.function not in MAKERS or actor.rank < WORKS:
        return
    seen = Mandate.objects.visible_to(actor)
    wanted = Q(lead=actor.seat_id, state__in=[Mandate.State.ASSIGNED, Mandate.State.IN_PROGRESS])
    if actor.function == "secretariat" and actor.rank >= DECIDES:
        wanted |= Q(state=Mandate.State.OPEN)
    facts = {"pk": "pk", "title": "title", "due": "due_on", "state": "state", "number": "decision__number"}
    yield Ask(seen.filter(wanted), ORDER, facts, lambda one: [_mandate(one, actor.time_zone)])


def _mandate(facts: Facts, zone: str) -> WorkRow:
    unled = facts["state"] == Mandate.State.OPEN
    return WorkRow(
        title=titles.mandate(facts["title"]),
        url=reverse("impacs:mandate", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), zone),
        detail=_("No officer in charge yet") if unled else str(Mandate.State(facts["state"]).label),
        kind="flag",
        code=facts["number"] or "",
        act=_("Assign an officer") if unled else pgettext("button, impacs", "Go on"),
        place=reverse("impacs:mandates"),
    )


def tasks_to_come(actor: Actor) -> Iterator[Ask]:
    """Planned tasks of the desk that begin within two weeks, and milestones that are due."""
    if actor.function not in MAKERS:
        return
    today = today_of(actor)
    rows = Task.objects.visible_to(actor).filter(_mine(actor), state=S.PLANNED)
    near = rows.filter(Q(starts_on__range=(today, today + HORIZON)) | Q(due_on__range=(today, today + HORIZON)))
    yield Ask(near, ORDER, FACTS, _rows(actor))


def answers_outstanding(actor: Actor) -> Iterator[Ask]:
    """Tasks of the desk that wait for somebody, since when they have been asked."""
    if actor.function not in MAKERS:
        return
    rows = Task.objects.visible_to(actor).filter(_mine(actor), state=S.WAITING)
    yield Ask(rows, ["asked_on", "pk"], {**FACTS, "due": "asked_on"}, _rows(actor, detail=_("Waiting for an answer")))
