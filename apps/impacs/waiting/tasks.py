"""What of the work plan waits for a seat: tasks to do, to review, to plan, answers owed, mandates without a lead."""

from collections.abc import Callable, Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apps.access.actor import DECIDES, WORKS, Actor
from apps.impacs.models import Mandate, Task
from apps.impacs.policy.tasks import MAKERS
from apps.impacs.queries.progress import today_of
from apps.impacs.waiting.obligations import end_of
from apps.people.waiting import HORIZON, Ask, Facts, WorkRow, cut, day, register_as, register_asked, register_coming

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
    S.READY: gettext_lazy("Start"),
    S.IN_PROGRESS: gettext_lazy("Go on"),
    S.BLOCKED: pgettext_lazy("a difficulty", "Clear"),
    S.IN_REVIEW: gettext_lazy("Review"),
    S.BACKLOG: gettext_lazy("Plan"),
    S.WAITING: gettext_lazy("Answer"),
}
ORDER = ["due_on", "pk"]
Build = Callable[[Facts], Iterable[WorkRow]]


def _rows(actor: Actor, *, seat: bool = False, detail: str = "") -> Build:
    def build(facts: Facts) -> list[WorkRow]:
        return [
            WorkRow(
                title=f"{facts['reference']} {cut(facts['title'], 90)}",
                url=reverse("impacs:task", args=[facts["pk"]]),
                due=end_of(day(facts["due"]), actor.time_zone),
                detail=detail or S(facts["state"]).label,
                kind="list-checks",
                act=str(DOES.get(S(facts["state"]), "")),
                seat=facts["reviewer"] if seat else None,
                place=reverse("impacs:tasks"),
            )
        ]

    return build


def _mine(actor: Actor) -> Q:
    return Q(owner=actor.desk_id) | Q(desks__contains=[actor.desk_id])


@register_as("tasks", gettext_lazy("Tasks"))
def tasks_to_do(actor: Actor) -> Iterator[Ask]:
    """Tasks that the desk can start, has under way, or must unblock; those to review; for heads those to plan."""
    if actor.rank < WORKS or (actor.function not in MAKERS and actor.function != "ministry"):
        return
    seen = Task.objects.visible_to(actor)
    doing = seen.filter(_mine(actor), state__in=[S.READY, S.IN_PROGRESS, S.BLOCKED])
    yield Ask(doing, ORDER, FACTS, _rows(actor))
    reviews = seen.filter(reviewer__desk=actor.desk_id, state=S.IN_REVIEW)
    yield Ask(reviews, ORDER, FACTS, _rows(actor, seat=True, detail=_("Handed in for review")))
    if actor.rank >= DECIDES:
        yield Ask(seen.filter(owner=actor.desk_id, state=S.BACKLOG), ORDER, FACTS, _rows(actor))
    if actor.function == "ministry":
        asked = seen.filter(waiting_for__contains=[actor.party_code], state=S.WAITING)
        yield Ask(asked, ORDER, FACTS, _rows(actor, detail=_("IMPACS waits for your State")))


@register_as("mandates", gettext_lazy("Mandates"))
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
        title=f"{facts['number'] or ''} {cut(facts['title'], 90)}".strip(),
        url=reverse("impacs:mandate", args=[facts["pk"]]),
        due=end_of(day(facts["due"]), zone),
        detail=_("Nobody is in charge yet") if unled else str(Mandate.State(facts["state"]).label),
        kind="flag",
        act=_("Put in charge") if unled else _("Go on"),
        place=reverse("impacs:mandates"),
    )


@register_coming
def tasks_to_come(actor: Actor) -> Iterator[Ask]:
    """Planned tasks of the desk that begin within two weeks, and milestones that are due."""
    if actor.function not in MAKERS:
        return
    today = today_of(actor)
    rows = Task.objects.visible_to(actor).filter(_mine(actor), state=S.PLANNED)
    near = rows.filter(Q(starts_on__range=(today, today + HORIZON)) | Q(due_on__range=(today, today + HORIZON)))
    yield Ask(near, ORDER, FACTS, _rows(actor))


@register_asked
def answers_outstanding(actor: Actor) -> Iterator[Ask]:
    """Tasks of the desk that wait for somebody, since when they have been asked."""
    if actor.function not in MAKERS:
        return
    rows = Task.objects.visible_to(actor).filter(_mine(actor), state=S.WAITING)
    yield Ask(rows, ["asked_on", "pk"], {**FACTS, "due": "asked_on"}, _rows(actor, detail=_("Waits for an answer")))
