"""What can be chosen in forms of tasks, money and mandates, for an actor. One query each."""

from typing import Any

from apps.access.actor import WORKS, Actor
from apps.impacs.models import BudgetLine, Fund, Mandate, Programme, SpendingCategory, StateAction, Task
from apps.people.models import Desk, Seat

MOST = 200
WORKING = ("secretariat", "watch", "analysis", "ministry")
"""Functions whose desks can be given a task."""

Choices = list[tuple[str, str]]


def mandates(actor: Actor | None) -> Choices:
    """Mandates that still run, by decision."""
    rows = Mandate.objects.visible_to(actor).filter(state__in=Mandate.UNREPORTED).select_related("decision", "clause")
    ordered = rows.order_by("-decision__in_force_on", "clause__position", "body")[:MOST]
    return [(str(row.pk), f"{row.decision}, {row.clause.number}, {row.body}: {row.title[:70]}") for row in ordered]


def tasks(actor: Actor | None, but: Any = None) -> Choices:
    """Open tasks by reference, without the one at hand."""
    rows = Task.objects.visible_to(actor).filter(state__in=Task.OPEN).order_by("-reference")
    return [
        (str(row.pk), f"{row.reference} {row.title[:80]}") for row in rows[:MOST] if row.pk != getattr(but, "pk", 0)
    ]


def programmes(actor: Actor | None) -> Choices:
    """Programmes that run."""
    rows = Programme.objects.visible_to(actor).filter(state=Programme.State.OPEN).order_by("code")
    return [(row.code, str(row)) for row in rows]


def desks(actor: Actor | None) -> Choices:
    """Desks that can do a task: one's own alone, but all of them for the Secretariat."""
    rows = Desk.objects.visible_to(actor).filter(function__in=WORKING).select_related("party", "function")
    if actor is not None and actor.function != "secretariat":
        rows = rows.filter(pk=actor.desk_id)
    ordered = sorted(rows, key=lambda desk: (desk.party.alpha2 != "", desk.code))
    return [(desk.code, f"{desk.party.short_name}, {desk.function.name}") for desk in ordered]


def seats(actor: Actor | None) -> Choices:
    """People who can be given work: officers of desks that the actor sees, bodies first."""
    seen = Desk.objects.visible_to(actor).filter(function__in=WORKING)
    rows = Seat.objects.current().filter(desk__in=seen, rank__gte=WORKS).exclude(kind=Seat.Kind.SERVICE)
    if actor is not None and actor.function != "secretariat":
        rows = rows.exclude(desk__function="ministry")
    ordered = rows.select_related("user", "desk").order_by("desk__party__alpha2", "desk__code", "user__full_name")
    return [(str(row.uid), f"{row.person_name}, {row.desk.code}") for row in ordered[:MOST]]


def list_budget_lines(actor: Actor | None) -> Choices:
    """Open budget lines that the actor sees."""
    rows = BudgetLine.objects.visible_to(actor).filter(state=BudgetLine.State.OPEN).select_related("fund", "programme")
    ordered = rows.order_by("-year", "programme__code", "title")[:MOST]
    return [(str(row.pk), f"{row.year} {row.programme.code}: {row.title} ({row.fund.code})") for row in ordered]


def funds(actor: Actor | None) -> Choices:
    """Open funds that the actor sees."""
    rows = Fund.objects.visible_to(actor).filter(state=Fund.State.OPEN).order_by("code")
    return [(row.code, f"{row} ({row.currency})") for row in rows]


def categories(actor: Actor | None) -> Choices:
    """What money can be spent on."""
    return [(row.code, row.name) for row in SpendingCategory.objects.visible_to(actor).order_by("name")]


def clauses(actor: Actor | None) -> Choices:
    """Clauses in force that ask something of States."""
    rows = StateAction.objects.visible_to(actor).exclude(state="superseded")
    ordered = rows.order_by("-decision__in_force_on", "decision_id", "clause__position").values_list(
        "clause_id", "decision__number", "clause__number", "clause__text"
    )
    found = {key: f"{number}, {place}: {text[:60]}" for key, number, place, text in ordered}
    return [(str(key), words) for key, words in found.items()][:MOST]
